package io.varuna.plugin.codec.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.varuna.api.codec.Encoder;
import io.varuna.api.data.Column;
import io.varuna.api.data.DataType;
import io.varuna.api.data.Missing;
import io.varuna.api.data.Row;
import io.varuna.api.data.Schema;
import io.varuna.testkit.Rows;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonEncoderTest {
    private static final Schema SCHEMA = Schema.of(new Column("a", DataType.ANY), new Column("b", DataType.ANY));

    private final Encoder encoder = new JsonEncoder();

    @Test
    void rowIsAnObjectAndRowsAreAnArray() throws Exception {
        Row one = Rows.row(SCHEMA, 1L, "x");
        Row two = Rows.row(SCHEMA, null, Missing.VALUE);
        assertThat(encoded(one)).isEqualTo("{\"a\":1,\"b\":\"x\"}");
        assertThat(encoded(two)).isEqualTo("{\"a\":null}");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        encoder.encode(List.of(one, two), out);
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("[{\"a\":1,\"b\":\"x\"},{\"a\":null}]");
    }

    @Test
    void numbersAreShortestAndWholeOnesHaveNoFraction() throws Exception {
        assertThat(value(5.0)).isEqualTo("5");
        assertThat(value(-0.1)).isEqualTo("-0.1");
        assertThat(value(1e21)).isEqualTo("1e+21");
        assertThat(value(1e-7)).isEqualTo("1e-7");
        assertThat(value(123456789.125)).isEqualTo("123456789.125");
        assertThat(value(Long.MIN_VALUE)).isEqualTo("-9223372036854775808");
        assertThat(value(Long.MAX_VALUE)).isEqualTo("9223372036854775807");
        assertThat(value(999_999_999_999_999_999L)).isEqualTo("999999999999999999");
        assertThat(value(1_000_000_000_000_000_000L)).isEqualTo("1000000000000000000");
        assertThat(value(-10L)).isEqualTo("-10");
        assertThat(value(0L)).isEqualTo("0");
    }

    @Test
    void otherValuesHaveTheirUsualForms() throws Exception {
        assertThat(value(Instant.parse("2024-02-29T10:00:00.5Z"))).isEqualTo("\"2024-02-29T10:00:00.500Z\"");
        assertThat(value(new byte[] {1, 2})).isEqualTo("\"AQI=\"");
        assertThat(value(Arrays.<@Nullable Object>asList(1L, null, true, Missing.VALUE)))
                .isEqualTo("[1,null,true,null]");
        assertThat(value(Map.of("k", List.of()))).isEqualTo("{\"k\":[]}");
        assertThat(value(Map.of("gone", Missing.VALUE))).isEqualTo("{}");
    }

    @Test
    void textsAreEscapedOnlyWhereNeeded() throws Exception {
        assertThat(value("a\"b\\c\n\r\t\u0001/<>")).isEqualTo("\"a\\\"b\\\\c\\n\\r\\t\\u0001/<>\"");
        assertThat(value("Grüße 世界 😀")).isEqualTo("\"Grüße 世界 😀\"");
        assertThat(value("\ud83d")).isEqualTo("\"\\ud83d\"");
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void whatJsonCannotExpressIsRefused(double value) {
        assertThatThrownBy(() -> value(value))
                .hasMessage("Column 'a' is " + value + ", which JSON cannot express. Use a CASE to replace it");
    }

    private String value(@Nullable Object value) throws Exception {
        String json = encoded(Rows.row(SCHEMA, value, Missing.VALUE));
        return json.substring(5, json.length() - 1);
    }

    private String encoded(Row row) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        encoder.encode(row, out);
        return out.toString(StandardCharsets.UTF_8);
    }
}
