package io.varuna.plugin.codec.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.varuna.api.codec.Decoder;
import io.varuna.api.data.Column;
import io.varuna.api.data.DataType;
import io.varuna.api.data.Schema;
import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.testkit.Configurations;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.assertj.core.api.recursive.comparison.RecursiveComparisonConfiguration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The decoder says of any bytes what one on top of Jackson says. */
class JsonDecoderDifferentialTest {
    private static final Schema STRUCT =
            new Schema(List.of(new Column("a", DataType.DOUBLE), new Column("b", DataType.array(DataType.VARCHAR))));
    private static final List<Schema> SCHEMAS = List.of(
            Schema.OPEN,
            new Schema(List.of()),
            schema("a", DataType.ANY, "temperature", DataType.ANY),
            schema("a", DataType.BIGINT, "b", DataType.VARCHAR),
            schema("b", DataType.DOUBLE, "", DataType.BOOLEAN, "Größe", DataType.TIMESTAMP),
            schema("a", DataType.array(DataType.BIGINT), "b", DataType.struct(STRUCT)),
            schema("a", DataType.array(DataType.struct(new Schema(STRUCT.columns(), true))), "b", DataType.VARBINARY),
            schema("a name that is longer than sixteen bytes", DataType.ANY, "x".repeat(100), DataType.ANY),
            new Schema(schema("a", DataType.ANY, "b", DataType.struct(STRUCT)).columns(), true));

    @TestFactory
    Stream<DynamicTest> cornerCases() {
        return Stream.of(
                        "",
                        " ",
                        "{}",
                        "[]",
                        "[{}]",
                        "{",
                        "}",
                        "[",
                        "]",
                        "[{}",
                        "[{},",
                        "[{},]",
                        "[,{}]",
                        "{}{}",
                        "{},",
                        "[{}]x",
                        "[[]]",
                        "[[{}]]",
                        "[1]",
                        "[null]",
                        "7",
                        "\"a\"",
                        "null",
                        "true",
                        "{\"a\"}",
                        "{\"a\":}",
                        "{\"a\":1,}",
                        "{,\"a\":1}",
                        "{\"a\":1 \"b\":2}",
                        "{\"a\" 1}",
                        "{a:1}",
                        "{'a':1}",
                        "{\"a\":1}}",
                        "{\"a\":01}",
                        "{\"a\":-01}",
                        "{\"a\":-}",
                        "{\"a\":+1}",
                        "{\"a\":.5}",
                        "{\"a\":1.}",
                        "{\"a\":1.e5}",
                        "{\"a\":1e}",
                        "{\"a\":1e+}",
                        "{\"a\":1e-}",
                        "{\"a\":1E400}",
                        "{\"a\":-1e400}",
                        "{\"a\":0x10}",
                        "{\"a\":1_000}",
                        "{\"a\":NaN}",
                        "{\"a\":Infinity}",
                        "{\"a\":-Infinity}",
                        "{\"a\":1d}",
                        "{\"a\":00}",
                        "{\"a\":00000000000000000001}",
                        "{\"a\":0e0}",
                        "{\"a\":0.0e-0}",
                        "{\"a\":12345678}",
                        "{\"a\":1234567890123456}",
                        "{\"a\":12345678.12345678}",
                        "{\"a\":123456781234567812345678}",
                        "{\"a\":0.1234567890123456789012345}",
                        "{\"a\":9223372036854775807}",
                        "{\"a\":9223372036854775808}",
                        "{\"a\":-9223372036854775809}",
                        "{\"a\":9007199254740993}",
                        "{\"a\":9007199254740993.5}",
                        "{\"a\":1.5e300}",
                        "{\"a\":tru}",
                        "{\"a\":truex}",
                        "{\"a\":True}",
                        "{\"a\":nul}",
                        "{\"a\":falsely}",
                        "{\"a\":\"\\x\"}",
                        "{\"a\":\"\\u12\"}",
                        "{\"a\":\"\\u12g4\"}",
                        "{\"a\":\"\\u\"}",
                        "{\"a\":\"\\\"}",
                        "{\"a\":\"x",
                        "{\"a\":\"x\\",
                        "{\"a\":\"a\nb\"}",
                        "{\"a\":\"a\u0000b\"}",
                        "{\"a\":\"\u007f\"}",
                        "{\"a\":\"\\ud83d\"}",
                        "{\"a\":\"\\ud83d\\u0041\"}",
                        "{\"a\":\"\\ude00\"}",
                        "{\"a\":\"\\ud83d\\ude00\"}",
                        "{\"a\":\"\\ud83d\\",
                        "{\"a\":\"\\ud83d\\u\"}",
                        "{\"\\u0061\":1}",
                        "{\"a\\\"\":1,\"a\":2}",
                        "{\"a\":1,\"a\":\"x\"}",
                        "{\"a\":[1,]}",
                        "{\"a\":[1 2]}",
                        "{\"a\":[,]}",
                        "{\"a\":[1}",
                        "{\"a\":{]}",
                        "{\"a\":{\"b\":[}]}",
                        "{\"b\":[1,}2],\"a\":1}",
                        "{\"b\":{\"c\":tru}}",
                        "{\"b\":\"\\q\"}",
                        "{\"b\":{\"c\":\"\n\"}}",
                        "{\"a\":/**/1}",
                        "{\"a\":1}//",
                        "\ufeff{\"a\":1}",
                        "\u00a0{}",
                        "{\"a\":1\u00a0}",
                        "{\"a\":\u2028\"x\"}",
                        "\u000b{}",
                        "{\"a\":1\f}",
                        "{\"a\":[[[[[[]]]]]]}",
                        "{\"a\":{\"a\":{\"a\":{}}}}",
                        "{\"\":1}",
                        "{\"\":1,\"\":2}")
                .map(json -> DynamicTest.dynamicTest(
                        "'" + json.replace("\u0000", "\\0") + "'", () -> agree(json.getBytes(StandardCharsets.UTF_8))));
    }

    @Test
    void randomPayloads() throws Exception {
        long seed = Long.getLong("varuna.seed", 1);
        System.out.println("seed " + seed);
        RandomJson json = new RandomJson(new Random(seed));
        for (boolean exact : List.of(true, false)) {
            for (Schema schema : SCHEMAS) {
                Decoder ours = decoder(schema, exact);
                Decoder theirs = reference(schema, exact);
                for (int i = 0; i < 2_000; i++) {
                    agree(ours, theirs, json.payload(), "seed " + seed + ", schema " + schema);
                }
            }
        }
    }

    @Test
    void payloadsOfFewForms() throws Exception {
        long seed = Long.getLong("varuna.seed", 1);
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (Schema schema : SCHEMAS) {
            Decoder ours = decoder(schema, true);
            Decoder theirs = reference(schema, true);
            RandomJson json = new RandomJson(random);
            for (int form = 0; form < 20; form++) {
                byte[] learned = json.whole();
                for (int i = 0; i < 100; i++) {
                    byte[] payload = random.nextInt(3) == 0 ? json.damaged(learned) : json.varied(learned);
                    agree(ours, theirs, payload, "seed " + seed + ", schema " + schema);
                }
            }
        }
    }

    @Test
    void valuesThatStayForLong() throws Exception {
        long seed = Long.getLong("varuna.seed", 1);
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        List<String> values = List.of(
                "1",
                "12",
                "12.5",
                "12.50",
                "-12",
                "1e2",
                "12345678",
                "123456789",
                "true",
                "null",
                "\"\"",
                "\"a\"",
                "\"a\\\"\"",
                "\"a\\\",\"",
                "\"ab\"",
                "[]",
                "[1]",
                "[1,2]",
                "[[1],2]",
                "{}",
                "{\"b\":1}",
                "\"" + "x".repeat(127) + "\"");
        Schema schema = schema("a", DataType.ANY);
        Decoder ours = decoder(schema, true);
        Decoder theirs = reference(schema, true);
        RandomJson json = new RandomJson(random);
        String[] members = {"1", "true", "\"ab\"", "[1]", "2"};
        for (int i = 0; i < 20_000; i++) {
            if (random.nextInt(100) == 0) {
                members[random.nextInt(members.length)] = values.get(random.nextInt(values.size()));
            }
            String record = "{\"a\":" + i + ",\"p\":" + members[0] + ",\"q\":" + members[1] + ",\"r\":{\"s\":"
                    + members[2] + ",\"t\":" + members[3] + "},\"u\":" + members[4] + "}";
            byte[] payload = record.getBytes(StandardCharsets.UTF_8);
            agree(ours, theirs, random.nextInt(50) == 0 ? json.damaged(payload) : payload, "seed " + seed);
        }
    }

    @Test
    void valuesThatAreWrittenTheSameWay() throws Exception {
        long seed = Long.getLong("varuna.seed", 1);
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        List<String> forms = List.of(
                "9",
                "90",
                "09",
                "-9",
                "-90",
                "9.9",
                "90.99",
                "0.9",
                "-0.9",
                "00.9",
                "9.",
                ".9",
                "-",
                "9e9",
                "9.9E-9",
                "9999999",
                "90000000",
                "900000000",
                "9999999999999",
                "999999999999999",
                "9999999999999999",
                "9999.9999",
                "-99999.99999",
                "0.00000000009",
                "999999999.99999",
                "\"\"",
                "\"xx\"",
                "\"xxxxxxxx\"",
                "\"xxxx\\nxxx\"",
                "\"xxxxxxxxxxxxxxxxx\"",
                "[90,90.9,9]",
                "[9.9,9.9,9.9]",
                "true",
                "null");
        for (Schema schema : List.of(schema("a", DataType.ANY), schema("a", DataType.BIGINT, "b", DataType.DOUBLE))) {
            Decoder ours = decoder(schema, true);
            Decoder theirs = reference(schema, true);
            RandomJson json = new RandomJson(random);
            String[] usual = {"90.9", "90", "90.9", "\"xx\"", "[9.9,9.9]"};
            for (int i = 0; i < 20_000; i++) {
                if (random.nextInt(300) == 0) {
                    usual[random.nextInt(usual.length)] = forms.get(random.nextInt(forms.size()));
                }
                String[] now = usual.clone();
                if (random.nextInt(20) == 0) {
                    now[random.nextInt(now.length)] = forms.get(random.nextInt(forms.size()));
                }
                String record = "{\"a\":" + filled(now[0], random) + ",\"p\":" + filled(now[1], random)
                        + ",\"b\":" + filled(now[2], random) + ",\"q\":{\"r\":" + filled(now[3], random) + "},\"s\":"
                        + filled(now[4], random) + "}";
                byte[] payload = record.getBytes(StandardCharsets.UTF_8);
                agree(ours, theirs, random.nextInt(20) == 0 ? json.damaged(payload) : payload, "seed " + seed);
            }
        }
    }

    /** Puts digits for nines and letters for x. */
    private static String filled(String form, Random random) {
        StringBuilder text = new StringBuilder(form);
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '9') {
                text.setCharAt(i, (char) ('0' + random.nextInt(10)));
            } else if (text.charAt(i) == 'x') {
                text.setCharAt(i, (char) ('a' + random.nextInt(26)));
            }
        }
        return text.toString();
    }

    private static void agree(byte[] payload) throws Exception {
        for (Schema schema : SCHEMAS) {
            Decoder ours = decoder(schema, true);
            Decoder theirs = reference(schema, true);
            for (int i = 0; i < 3; i++) {
                agree(ours, theirs, payload, "schema " + schema);
            }
        }
    }

    static void agree(Decoder ours, Decoder theirs, byte[] payload, String where) throws Exception {
        List<@Nullable Object[]> actual = decode(ours, payload);
        // Jackson takes UTF-16, UTF-32 and ill-formed UTF-8 as well, which JSON is not
        List<@Nullable Object[]> expected = isText(payload) ? decode(theirs, payload) : null;
        assertThat(actual)
                .as("%s, %s", new String(payload, StandardCharsets.UTF_8), where)
                .usingRecursiveComparison(RecursiveComparisonConfiguration.builder()
                        .withStrictTypeChecking(true)
                        .build())
                .isEqualTo(expected);
        if (actual != null) {
            assertThat(describe(actual)).as("types and order").isEqualTo(describe(expected));
        }
    }

    /** Shows what a comparison of maps does not see: the order of members. */
    private static String describe(@Nullable List<@Nullable Object[]> rows) {
        StringBuilder text = new StringBuilder();
        for (@Nullable Object[] row : rows == null ? List.<@Nullable Object[]>of() : rows) {
            for (Object value : row) {
                text.append(value instanceof byte[] bytes ? bytes.length : value)
                        .append('|');
            }
        }
        return text.toString();
    }

    private static @Nullable List<@Nullable Object[]> decode(Decoder decoder, byte[] payload) throws Exception {
        List<@Nullable Object[]> rows = new ArrayList<>();
        try {
            decoder.decode(ByteBuffer.wrap(payload), rows::add);
            return rows;
        } catch (VarunaException e) {
            assertThat(e.code()).isEqualTo(StandardError.MALFORMED_RECORD);
            return null;
        }
    }

    private static boolean isText(byte[] payload) {
        for (int i = 0; i < Math.min(4, payload.length); i++) {
            if (payload[i] == 0) {
                return false;
            }
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(payload));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    static Decoder decoder(Schema schema, boolean exact) {
        return new JsonDecoder(config(exact), schema);
    }

    static Decoder reference(Schema schema, boolean exact) {
        return new JacksonDecoder(config(exact), schema);
    }

    private static JsonCodec.Config config(boolean exact) {
        return Configurations.of(new JsonCodec(), Map.of("useInt64ForWholeNumber", exact));
    }

    static Schema schema(Object... namesAndTypes) {
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < namesAndTypes.length; i += 2) {
            columns.add(new Column((String) namesAndTypes[i], (DataType) namesAndTypes[i + 1]));
        }
        return new Schema(columns);
    }
}
