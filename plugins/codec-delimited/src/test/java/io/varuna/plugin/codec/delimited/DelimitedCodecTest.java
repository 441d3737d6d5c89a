package io.varuna.plugin.codec.delimited;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.varuna.api.data.Column;
import io.varuna.api.data.DataType;
import io.varuna.api.data.Missing;
import io.varuna.api.data.Schema;
import io.varuna.testkit.Configurations;
import io.varuna.testkit.Rows;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DelimitedCodecTest {
    private static final Schema SCHEMA =
            Schema.of(new Column("id", DataType.BIGINT), new Column("name", DataType.VARCHAR));

    private final DelimitedCodec codec = new DelimitedCodec();

    @Test
    void valuesWithoutNamesAreNumbered() throws Exception {
        assertThat(decode(Map.of(), Schema.OPEN, "a;b,c")).containsExactly(row(Map.of("col0", "a;b", "col1", "c")));
        assertThat(decode(Map.of(), Schema.of(new Column("col1", DataType.ANY)), "a,b"))
                .containsExactly(row("b"));
    }

    @Test
    void headerNamesTheValues() throws Exception {
        assertThat(decode(Map.of("hasHeader", true, "delimiter", ";"), SCHEMA, "name;x;id\r\n\"a;\"\"b\";;7\r\n"))
                .containsExactly(row(7L, "a;\"b"));
    }

    @Test
    void namesOverrideTheHeader() throws Exception {
        Map<String, Object> properties = Map.of("hasHeader", true, "fields", List.of("name", "id"));
        assertThat(decode(properties, SCHEMA, "x,y\na,7")).containsExactly(row(7L, "a"));
    }

    @Test
    void emptyCellsAreNullOrEmptyTexts() throws Exception {
        Map<String, Object> properties = Map.of("fields", List.of("id", "name"));
        assertThat(decode(properties, SCHEMA, ",\n5")).containsExactly(row(null, ""), row(5L, Missing.VALUE));
    }

    @Test
    void timesStayTextsOrNumbersForTheEngine() throws Exception {
        Schema schema = Schema.of(new Column("col0", DataType.TIMESTAMP));
        assertThat(decode(Map.of(), schema, "1700000000000\n2024-02-29\n"))
                .containsExactly(row(1700000000000L), row("2024-02-29"));
    }

    @Test
    void mistakesAreNamed() {
        Map<String, Object> properties = Map.of("fields", List.of("id", "name"));
        assertThatThrownBy(() -> decode(properties, SCHEMA, "x,a"))
                .hasMessage("Column 'id' takes BIGINT, not 'x' (STRING)");
        assertThatThrownBy(() -> decode(properties, SCHEMA, "1,a\n2,b,c"))
                .hasMessage("Line 2 has 3 values, but there are 2 columns");
        Schema nested = Schema.of(new Column("id", DataType.array(DataType.BIGINT)));
        assertThatThrownBy(() -> decode(properties, nested, "1"))
                .hasMessage("Column 'id' takes ARRAY(BIGINT), not '1' (STRING)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ab", "\"", "\n"})
    void otherDelimitersAreRefused(String delimiter) {
        assertThatThrownBy(() -> codec.encoder(Configurations.of(codec, Map.of("delimiter", delimiter))))
                .hasMessageStartingWith("Property 'delimiter' is '" + delimiter + "'. It takes one character");
    }

    @Test
    void rowsAreLines() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        codec.encoder(Configurations.of(codec, Map.of("delimiter", "\t")))
                .encode(List.of(Rows.row(SCHEMA, 1L, "a\tb"), Rows.row(SCHEMA, Missing.VALUE, "c\"d")), out);
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("1\t\"a\tb\"\n\t\"c\"\"d\"");
    }

    private List<@Nullable Object[]> decode(Map<String, Object> properties, Schema schema, String text)
            throws Exception {
        List<@Nullable Object[]> rows = new ArrayList<>();
        codec.decoder(Configurations.of(codec, properties), schema)
                .decode(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), rows::add);
        return rows;
    }

    private static @Nullable Object[] row(@Nullable Object... values) {
        return values;
    }
}
