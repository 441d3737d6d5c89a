package io.varuna.engine.state;

import io.varuna.api.data.Missing;
import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.api.state.State;
import io.varuna.api.state.StateReader;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what {@link StateOutput} wrote; throws STATE_INCOMPATIBLE where something else is found. */
public final class StateInput implements StateReader {
    private final DataInputStream in;
    private final int version;

    public StateInput(byte[] bytes) {
        this(bytes, 0);
    }

    private StateInput(byte[] bytes, int version) {
        this.in = new DataInputStream(new ByteArrayInputStream(bytes));
        this.version = version;
    }

    /** Something that reads. */
    @FunctionalInterface
    private interface Reading<T> {
        T run() throws IOException;
    }

    private static <T> T read(Reading<T> reading) {
        try {
            return reading.run();
        } catch (IOException e) {
            throw shortened(e);
        }
    }

    private static VarunaException shortened(IOException e) {
        return new VarunaException(StandardError.STATE_INCOMPATIBLE, "The saved state is shorter than expected", e);
    }

    @Override
    public int version() {
        return version;
    }

    @Override
    public long getLong() {
        return read(in::readLong);
    }

    /** Reads all that has not been read yet. */
    public byte[] remaining() {
        return read(in::readAllBytes);
    }

    /** Reads a number that was written as a long and counts something. */
    public int getCount() {
        long count = getLong();
        if (count < 0 || count > Integer.MAX_VALUE) {
            throw damaged();
        }
        return (int) count;
    }

    @Override
    public double getDouble() {
        return read(in::readDouble);
    }

    @Override
    public @Nullable Object getValue() {
        try {
            return readValue();
        } catch (IOException e) {
            throw shortened(e);
        }
    }

    public String getText() {
        return new String(getBytes(), StandardCharsets.UTF_8);
    }

    public byte[] getBytes() {
        return read(this::readBytes);
    }

    public @Nullable Object[] getRow() {
        return read(() -> {
            @Nullable Object[] row = new @Nullable Object[size()];
            for (int i = 0; i < row.length; i++) {
                row[i] = readValue();
            }
            return row;
        });
    }

    /** Fills a new state with what was saved of one. */
    public <S extends State> S getState(S state) {
        int saved = getCount();
        state.load(new StateInput(getBytes(), saved));
        return state;
    }

    private int size() throws IOException {
        int size = in.readInt();
        // no value takes less than a byte, so more cannot be meant
        if (size < 0 || size > in.available()) {
            throw damaged();
        }
        return size;
    }

    private byte[] readBytes() throws IOException {
        return in.readNBytes(size());
    }

    private @Nullable Object readValue() throws IOException {
        int type = in.readByte();
        return switch (type) {
            case StateOutput.NULL -> null;
            case StateOutput.MISSING -> Missing.VALUE;
            case StateOutput.FALSE -> false;
            case StateOutput.TRUE -> true;
            case StateOutput.LONG -> in.readLong();
            case StateOutput.DOUBLE -> in.readDouble();
            case StateOutput.TEXT -> new String(readBytes(), StandardCharsets.UTF_8);
            case StateOutput.BYTES -> readBytes();
            case StateOutput.INSTANT -> Instant.ofEpochSecond(in.readLong(), in.readInt());
            case StateOutput.LIST -> readList();
            case StateOutput.MAP -> readMap();
            default -> throw damaged();
        };
    }

    private List<@Nullable Object> readList() throws IOException {
        int size = size();
        List<@Nullable Object> list = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            list.add(readValue());
        }
        return list;
    }

    private Map<@Nullable Object, @Nullable Object> readMap() throws IOException {
        int size = size();
        Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
        for (int i = 0; i < size; i++) {
            map.put(readValue(), readValue());
        }
        return map;
    }

    private static VarunaException damaged() {
        return new VarunaException(StandardError.STATE_INCOMPATIBLE, "The saved state is not of this form");
    }
}
