package io.varuna.engine.state;

import io.varuna.api.data.Conversions;
import io.varuna.api.data.Missing;
import io.varuna.api.state.State;
import io.varuna.api.state.StateWriter;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes state as bytes: every value with its type, every nested state with its version and length. */
public final class StateOutput implements StateWriter {
    static final int NULL = 0;
    static final int MISSING = 1;
    static final int FALSE = 2;
    static final int TRUE = 3;
    static final int LONG = 4;
    static final int DOUBLE = 5;
    static final int TEXT = 6;
    static final int BYTES = 7;
    static final int INSTANT = 8;
    static final int LIST = 9;
    static final int MAP = 10;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final DataOutputStream out = new DataOutputStream(bytes);

    /** Something that writes; a stream in memory does not fail. */
    @FunctionalInterface
    private interface Writing {
        void run() throws IOException;
    }

    private StateOutput write(Writing writing) {
        try {
            writing.run();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public StateOutput putLong(long value) {
        return write(() -> out.writeLong(value));
    }

    @Override
    public StateOutput putDouble(double value) {
        return write(() -> out.writeDouble(value));
    }

    @Override
    public StateOutput putValue(@Nullable Object value) {
        return write(() -> writeValue(value));
    }

    public StateOutput putText(String text) {
        return write(() -> writeBytes(text.getBytes(StandardCharsets.UTF_8)));
    }

    public StateOutput putBytes(byte[] value) {
        return write(() -> writeBytes(value));
    }

    /** Writes the values of a row, missing ones as such. */
    public StateOutput putRow(@Nullable Object[] row) {
        return write(() -> {
            out.writeInt(row.length);
            for (Object value : row) {
                writeValue(value);
            }
        });
    }

    /** Writes a state so that it can be read, or skipped, on its own. */
    public StateOutput putState(State state) {
        StateOutput nested = new StateOutput();
        state.save(nested);
        return putLong(state.version()).putBytes(nested.toBytes());
    }

    public byte[] toBytes() {
        return bytes.toByteArray();
    }

    private void writeBytes(byte[] value) throws IOException {
        out.writeInt(value.length);
        out.write(value);
    }

    private void writeValue(@Nullable Object value) throws IOException {
        if (value == null) {
            out.writeByte(NULL);
        } else if (value == Missing.VALUE) {
            out.writeByte(MISSING);
        } else if (value instanceof Boolean bool) {
            out.writeByte(bool ? TRUE : FALSE);
        } else if (value instanceof Double || value instanceof Float) {
            out.writeByte(DOUBLE);
            out.writeDouble(((Number) value).doubleValue());
        } else if (value instanceof Number number) {
            out.writeByte(LONG);
            out.writeLong(number.longValue());
        } else if (value instanceof byte[] content) {
            out.writeByte(BYTES);
            writeBytes(content);
        } else if (value instanceof Instant instant) {
            out.writeByte(INSTANT);
            out.writeLong(instant.getEpochSecond());
            out.writeInt(instant.getNano());
        } else if (value instanceof List<?> list) {
            out.writeByte(LIST);
            out.writeInt(list.size());
            for (Object element : list) {
                writeValue(element);
            }
        } else if (value instanceof Map<?, ?> map) {
            out.writeByte(MAP);
            out.writeInt(map.size());
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                writeValue(entry.getKey());
                writeValue(entry.getValue());
            }
        } else {
            out.writeByte(TEXT);
            writeBytes(Conversions.toText(value).getBytes(StandardCharsets.UTF_8));
        }
    }
}
