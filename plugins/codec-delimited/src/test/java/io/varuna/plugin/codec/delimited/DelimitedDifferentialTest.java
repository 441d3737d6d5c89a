package io.varuna.plugin.codec.delimited;

import static org.assertj.core.api.Assertions.assertThat;

import io.varuna.api.codec.Decoder;
import io.varuna.api.data.Column;
import io.varuna.api.data.DataType;
import io.varuna.api.data.Schema;
import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The decoder says of any bytes what one on top of a library says. */
class DelimitedDifferentialTest {
    private static final List<Schema> SCHEMAS = List.of(
            Schema.OPEN,
            schema("col0", DataType.VARCHAR, "col2", DataType.ANY),
            schema("a", DataType.DOUBLE, "b", DataType.BIGINT),
            schema("b", DataType.TIMESTAMP, "c", DataType.BOOLEAN),
            new Schema(schema("a", DataType.DOUBLE, "c", DataType.VARBINARY).columns(), true));
    private static final List<String> CELLS = List.of(
            "",
            "0",
            "7",
            "-7",
            "007",
            "-010",
            "0x1f",
            "1_000",
            "+3",
            "26.3",
            "-0.0",
            ".5",
            "5.",
            "1e3",
            "1.2.3",
            "-",
            "ok",
            "true",
            "0",
            "Grüße",
            "a\"b",
            "\"a,b\"",
            "\"a\"\"b\"",
            "\"\"",
            "\"",
            "\"a\nb\"",
            "\"x\"y",
            " \"x\"",
            "a b",
            "123456789012345678",
            "9223372036854775808",
            "1234567890123456.5",
            "AQI=",
            "世界",
            "¦",
            "\u0000");
    private static final List<String> LINE_ENDS = List.of("\n", "\n", "\r\n", "\r", "\n\n", "\r\r\n", "");

    @Test
    void randomPayloads() throws Exception {
        long seed = Long.getLong("varuna.seed", 1);
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (Schema schema : SCHEMAS) {
            for (char delimiter : new char[] {',', '\t', '¦', '.'}) {
                for (boolean header : new boolean[] {false, true}) {
                    for (List<String> fields : List.of(List.<String>of(), List.of("a", "b", "c"))) {
                        Decoder ours = new DelimitedDecoder(delimiter, header, fields, schema);
                        Decoder theirs = new FastCsvDecoder(delimiter, header, fields, schema);
                        for (int i = 0; i < 500; i++) {
                            byte[] payload = payload(random, delimiter);
                            assertThat(decode(ours, payload))
                                    .as(
                                            "'%s' with '%s', header %s, fields %s, %s, seed %s",
                                            new String(payload, StandardCharsets.UTF_8),
                                            delimiter,
                                            header,
                                            fields,
                                            schema,
                                            seed)
                                    .isEqualTo(decode(theirs, payload));
                        }
                    }
                }
            }
        }
    }

    private static byte[] payload(Random random, char delimiter) {
        StringBuilder text = new StringBuilder();
        int lines = random.nextInt(4);
        for (int line = 0; line < lines; line++) {
            int cells = 1 + random.nextInt(4);
            for (int i = 0; i < cells; i++) {
                text.append(i == 0 ? "" : delimiter);
                text.append(random.nextInt(3) == 0 ? "abc".charAt(i % 3) : CELLS.get(random.nextInt(CELLS.size())));
            }
            text.append(LINE_ENDS.get(random.nextInt(LINE_ENDS.size())));
        }
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        if (bytes.length > 0 && random.nextInt(10) == 0) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return bytes;
    }

    /** Returns what was decoded as text that shows types as well, or that it was refused. */
    private static String decode(Decoder decoder, byte[] payload) throws Exception {
        List<@Nullable Object[]> rows = new ArrayList<>();
        try {
            decoder.decode(ByteBuffer.wrap(payload), rows::add);
        } catch (VarunaException e) {
            assertThat(e.code()).isEqualTo(StandardError.MALFORMED_RECORD);
            return "refused";
        }
        StringBuilder text = new StringBuilder();
        for (@Nullable Object[] row : rows) {
            for (Object value : row) {
                text.append(value == null ? "null" : value.getClass().getSimpleName() + ' ' + shown(value))
                        .append('|');
            }
            text.append('\n');
        }
        return text.toString();
    }

    private static String shown(Object value) {
        return value instanceof byte[] bytes
                ? new String(bytes, StandardCharsets.ISO_8859_1)
                : value.toString().replaceAll("\\[B@[0-9a-f]+", "bytes");
    }

    private static Schema schema(Object... namesAndTypes) {
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < namesAndTypes.length; i += 2) {
            columns.add(new Column((String) namesAndTypes[i], (DataType) namesAndTypes[i + 1]));
        }
        return new Schema(columns);
    }
}
