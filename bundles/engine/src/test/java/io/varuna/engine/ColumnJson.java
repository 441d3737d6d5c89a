package io.varuna.engine;

import com.fasterxml.jackson.jr.ob.JSON;
import io.varuna.api.codec.ByteOutput;
import io.varuna.api.codec.CodecFactory;
import io.varuna.api.codec.ColumnDecoder;
import io.varuna.api.codec.ColumnEncoder;
import io.varuna.api.codec.ColumnOutput;
import io.varuna.api.codec.ColumnRow;
import io.varuna.api.codec.ColumnRows;
import io.varuna.api.codec.Decoder;
import io.varuna.api.codec.Encoder;
import io.varuna.api.codec.LateReader;
import io.varuna.api.codec.RowOutput;
import io.varuna.api.data.Row;
import io.varuna.api.data.Schema;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** JSON by columns; an array is several records, of which one that is no object breaks the payload. */
final class ColumnJson implements CodecFactory<TestPlugins.None> {
    private int wholes;

    /** Returns how many whole records were made so far. */
    int wholes() {
        return wholes;
    }

    private Object whole(byte[] bytes, int offset, int length) {
        wholes++;
        try {
            return JSON.std.mapFrom(Arrays.copyOfRange(bytes, offset, offset + length));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Decoder decoder(TestPlugins.None config, Schema schema) {
        return new Reading(schema, this::whole);
    }

    @Override
    public Encoder encoder(TestPlugins.None config) {
        return new Writing(new TestPlugins.JsonCodec().encoder(config));
    }

    private record Reading(Schema schema, LateReader whole) implements ColumnDecoder {
        @Override
        public void decode(ByteBuffer payload, Consumer<@Nullable Object[]> out) throws Exception {
            decode(payload, new RowOutput(schema.width(), out));
        }

        @Override
        public void decode(ByteBuffer payload, ColumnOutput out) throws Exception {
            byte[] bytes = new byte[payload.remaining()];
            payload.get(bytes);
            Object value = JSON.std.anyFrom(bytes);
            for (Object element : value instanceof List<?> list ? list : List.of(value)) {
                for (int i = 0; i < schema.size(); i++) {
                    put(i, (Map<?, ?>) element, out);
                }
                if (schema.open()) {
                    byte[] record = JSON.std.asBytes(element);
                    out.putLate(schema.size(), record, 0, record.length, whole);
                }
                out.endRecord();
            }
        }

        private void put(int column, Map<?, ?> record, ColumnOutput out) {
            String name = schema.columns().get(column).name();
            Object value = record.get(name);
            if (value instanceof Integer || value instanceof Long) {
                out.putLong(column, ((Number) value).longValue());
            } else if (value instanceof Double number) {
                out.putDouble(column, number);
            } else if (value instanceof Boolean bool) {
                out.putBoolean(column, bool);
            } else if (value instanceof String text) {
                byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
                out.putText(column, utf8, 0, utf8.length);
            } else if (value != null) {
                out.putObject(column, value);
            } else if (record.containsKey(name)) {
                out.putNull(column);
            }
        }
    }

    private record Writing(Encoder plain) implements ColumnEncoder {
        @Override
        public void encode(Row row, OutputStream out) throws Exception {
            plain.encode(row, out);
        }

        @Override
        public void encode(List<Row> rows, OutputStream out) throws Exception {
            plain.encode(rows, out);
        }

        @Override
        public void encode(ColumnRow row, ByteOutput out) throws Exception {
            out.write(JSON.std.asBytes(map(row)));
        }

        @Override
        public void encodeAll(ColumnRows rows, ByteOutput out) throws Exception {
            List<Object> maps = new ArrayList<>();
            while (rows.next()) {
                maps.add(map(rows));
            }
            out.write(JSON.std.asBytes(maps));
        }

        private static Map<String, @Nullable Object> map(ColumnRow row) {
            Map<String, @Nullable Object> map = new LinkedHashMap<>();
            for (int i = 0; i < row.schema().size(); i++) {
                String name = row.schema().columns().get(i).name();
                switch (row.kind(i)) {
                    case MISSING -> {
                        // left out
                    }
                    case NULL -> map.put(name, null);
                    case LONG -> map.put(name, row.longAt(i));
                    case DOUBLE -> map.put(name, row.doubleAt(i));
                    case BOOLEAN -> map.put(name, row.booleanAt(i));
                    case TEXT -> map.put(
                            name,
                            new String(row.textAt(i), row.textOffset(i), row.textLength(i), StandardCharsets.UTF_8));
                    case OBJECT -> map.put(name, row.objectAt(i));
                }
            }
            return map;
        }
    }
}
