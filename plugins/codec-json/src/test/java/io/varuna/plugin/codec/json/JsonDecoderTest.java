package io.varuna.plugin.codec.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.varuna.api.codec.Decoder;
import io.varuna.api.data.Column;
import io.varuna.api.data.DataType;
import io.varuna.api.data.Missing;
import io.varuna.api.data.Schema;
import io.varuna.testkit.Configurations;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonDecoderTest {
    @Test
    void whatIsTheSameAsBeforeIsNotDeeperThanItMayBe() throws Exception {
        Decoder decoder =
                new JsonDecoder(Configurations.of(new JsonCodec(), Map.of("maxDepth", 2)), schema("a", DataType.ANY));
        List<@Nullable Object[]> rows = new ArrayList<>();
        String record = "{\"a\":1,\"b\":[1]}";
        for (int i = 0; i < 20; i++) {
            decoder.decode(ByteBuffer.wrap(record.getBytes(StandardCharsets.UTF_8)), rows::add);
        }
        ByteBuffer deeper = ByteBuffer.wrap(("[" + record + "]").getBytes(StandardCharsets.UTF_8));

        assertThat(rows).hasSize(20);
        assertThatThrownBy(() -> decoder.decode(deeper, rows::add))
                .hasMessageStartingWith("The JSON is nested deeper than 2 levels ('maxDepth'), at byte ");
    }

    @Test
    void columnsThatNobodyAsksForAreSkipped() throws Exception {
        Schema schema = schema("c", DataType.ANY);
        assertThat(decode(schema, "{\"a\":{\"c\":[1,{\"c\":2}]},\"b\":[{}],\"c\":3,\"d\":\"x\"}"))
                .containsExactly(row(3L));
    }

    @Test
    void lastOfDuplicateKeysWins() throws Exception {
        assertThat(decode(schema("a", DataType.BIGINT), "{\"a\":1,\"a\":2}")).containsExactly(row(2L));
        assertThat(decode(Schema.OPEN, "{\"a\":1,\"a\":2}")).containsExactly(row(Map.of("a", 2L)));
    }

    @Test
    void arrayIsSeveralRecords() throws Exception {
        assertThat(decode(schema("a", DataType.BIGINT), " [ {\"a\":1} , {} , {\"a\":null} ] "))
                .containsExactly(row(1L), row(Missing.VALUE), row((Object) null));
        assertThat(decode(schema("a", DataType.BIGINT), "[]")).isEmpty();
    }

    @Test
    void wholeNumbersStayExact() throws Exception {
        Schema schema = schema("a", DataType.ANY);
        assertThat(decode(schema, "{\"a\":9007199254740993}")).containsExactly(row(9007199254740993L));
        assertThat(decode(schema, "{\"a\":-9223372036854775808}")).containsExactly(row(Long.MIN_VALUE));
        assertThat(decode(schema, "{\"a\":9223372036854775808}")).containsExactly(row(0x1p63));
        assertThat(decode(schema, "{\"a\":1.0}")).containsExactly(row(1.0));
        assertThat(decode(schema, "{\"a\":1e3}")).containsExactly(row(1000.0));
    }

    @Test
    void wholeNumbersBecomeFloatsOnRequest() throws Exception {
        Decoder decoder = decoder(Schema.OPEN, Map.of("useInt64ForWholeNumber", false));
        assertThat(decode(decoder, "{\"a\":1,\"b\":[2]}")).containsExactly(row(Map.of("a", 1.0, "b", List.of(2.0))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "7          | bigint   | 7",
                "7.0        | bigint   | 7",
                "7          | float    | 7.0",
                "7          | string   | 7",
                "1.5        | string   | 1.5",
                "0          | boolean  | false",
                "2.5        | boolean  | true",
                "\"t\"      | boolean  | true",
                "\"abc\"    | string   | abc",
                "7          | datetime | 7",
                "\"today\"  | datetime | today",
                "null       | bigint   |",
            })
    void declaredTypesConvert(String json, String type, @Nullable String expected) throws Exception {
        Object value = decode(schema("a", type(type)), "{\"a\":" + json + "}").get(0)[0];
        assertThat(value == null ? null : value.toString()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1.5     | bigint  | Column 'a' takes BIGINT, not '1.5' (FLOAT)",
                "\"7\"   | bigint  | Column 'a' takes BIGINT, not '7' (STRING)",
                "\"7\"   | float   | Column 'a' takes FLOAT, not '7' (STRING)",
                "true    | string  | Column 'a' takes STRING, not 'true' (BOOLEAN)",
                "\"yes\" | boolean | Column 'a' takes BOOLEAN, not 'yes' (STRING)",
                "7       | bytea   | Column 'a' takes BYTEA, not '7' (BIGINT)",
                "{}      | string  | Column 'a' takes STRING, not '{}' (STRUCT)",
                "[1]     | bigint  | Column 'a' takes BIGINT, not '[1]' (ARRAY)",
            })
    void valuesThatDoNotFitAreNamed(String json, String type, String message) {
        assertThatThrownBy(() -> decode(schema("a", type(type)), "{\"a\":" + json + "}"))
                .hasMessage(message);
    }

    @Test
    void nestedTypesConvertAndKeepDeclaredMembersOnly() throws Exception {
        DataType struct = DataType.struct(
                Schema.of(new Column("x", DataType.DOUBLE), new Column("list", DataType.array(DataType.VARCHAR))));
        assertThat(decode(schema("a", struct), "{\"a\":{\"x\":1,\"more\":{\"x\":2},\"list\":[1,\"b\",null]}}"))
                .containsExactly(row(Map.of("x", 1.0, "list", Arrays.<@Nullable Object>asList("1", "b", null))));
        assertThatThrownBy(() -> decode(schema("a", struct), "{\"a\":{\"list\":[true]}}"))
                .hasMessage("Column 'a.list[]' takes STRING, not 'true' (BOOLEAN)");
        assertThatThrownBy(() -> decode(schema("a", struct), "{\"a\":[]}"))
                .hasMessageContaining("Column 'a' takes STRUCT");
    }

    @Test
    void bytesAreBase64OrTextItself() throws Exception {
        assertThat((byte[]) decode(schema("a", DataType.VARBINARY), "{\"a\":\"AQI=\"}")
                        .get(0)[0])
                .containsExactly(1, 2);
        assertThat((byte[]) decode(schema("a", DataType.VARBINARY), "{\"a\":\"a b\"}")
                        .get(0)[0])
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("a b");
    }

    @Test
    void openSchemaHasTheColumnsAndTheWholeRecordInItsOrder() throws Exception {
        Schema schema = new Schema(List.of(new Column("b", DataType.DOUBLE)), true);
        @Nullable
        Object[] row =
                decode(schema, "{\"c\":null,\"b\":1,\"a\":{\"d\":[true]}}").get(0);
        assertThat(row[0]).isEqualTo(1.0);
        assertThat((Map<?, ?>) row[1]).hasToString("{c=null, b=1.0, a={d=[true]}}");
    }

    @Test
    void messagesSayWhere() {
        Schema schema = schema("a", DataType.ANY);
        assertThatThrownBy(() -> decode(schema, "{\"a\":1,}")).hasMessageMatching("Not JSON at byte \\d+: .*'}'.*");
        assertThatThrownBy(() -> decode(schema, "{\"a\":1")).hasMessage("The JSON ends too early, at byte 6");
        assertThatThrownBy(() -> decode(schema, "")).hasMessage("The payload is empty");
        assertThatThrownBy(() -> decode(schema, "[{},5]"))
                .hasMessage("A record must be an object, but there is a number at byte 4");
        assertThatThrownBy(() -> decode(schema, "{}{}"))
                .hasMessage("There is more after the JSON, at byte 2. Several records are written as an array");
        assertThatThrownBy(() -> decode(schema, "{\"a\":1e999}"))
                .hasMessage("The number '1e999' at byte 5 is too large");
    }

    @Test
    void limitsHoldForWhatIsSkippedToo() {
        String deep = "{\"b\":" + "[".repeat(600) + "]".repeat(600) + "}";
        assertThatThrownBy(() -> decode(schema("a", DataType.ANY), deep))
                .hasMessageStartingWith("The JSON is nested deeper than 500 levels ('maxDepth'), at byte ");
        Decoder small = decoder(Schema.OPEN, Map.of("maxSize", 10));
        assertThatThrownBy(() -> decode(small, "{\"a\":12345}"))
                .hasMessage("The payload has 11 bytes, but 'maxSize' is 10");
    }

    private static Schema schema(String name, DataType type) {
        return Schema.of(new Column(name, type));
    }

    private static DataType type(String ruleName) {
        for (DataType.Kind kind : DataType.Kind.values()) {
            if (kind.ruleName().equals(ruleName)) {
                return new DataType(kind, null, null);
            }
        }
        throw new IllegalArgumentException(ruleName);
    }

    private static Decoder decoder(Schema schema, Map<String, Object> properties) {
        JsonCodec codec = new JsonCodec();
        return codec.decoder(Configurations.of(codec, properties), schema);
    }

    private static List<@Nullable Object[]> decode(Schema schema, String json) throws Exception {
        return decode(decoder(schema, Map.of()), json);
    }

    private static List<@Nullable Object[]> decode(Decoder decoder, String json) throws Exception {
        List<@Nullable Object[]> rows = new ArrayList<>();
        decoder.decode(ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8)), rows::add);
        return rows;
    }

    private static @Nullable Object[] row(@Nullable Object... values) {
        return values;
    }
}
