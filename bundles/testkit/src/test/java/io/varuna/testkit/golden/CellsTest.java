package io.varuna.testkit.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.varuna.api.data.Column;
import io.varuna.api.data.DataType;
import io.varuna.api.data.Missing;
import io.varuna.api.data.Schema;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CellsTest {
    @Test
    void recordsAreReadByTheirSchema() {
        Schema schema = Schema.of(
                new Column("user", DataType.VARCHAR),
                new Column("n", DataType.BIGINT),
                new Column("x", DataType.DOUBLE),
                new Column("ok", DataType.BOOLEAN),
                new Column("ts", DataType.TIMESTAMP),
                new Column("tags", DataType.array(DataType.VARCHAR)),
                new Column("last", DataType.VARCHAR));
        assertThat(Cells.parse("ann, 7, 2, true, 00:01, [a, 'b, c']", schema))
                .containsExactly("ann", 7L, 2.0, true, Instant.ofEpochSecond(1), List.of("a", "b, c"), Missing.VALUE);
        assertThat(Cells.parse("NULL, MISSING, 1e3, false, 2024-02-29T10:00:00.5Z, [], it's", schema))
                .containsExactly(
                        null, Missing.VALUE, 1000.0, false, Instant.parse("2024-02-29T10:00:00.5Z"), List.of(), "it's");
    }

    @Test
    void openRecordsAreMaps() {
        Schema open = new Schema(List.of(new Column("a", DataType.ANY)), true);
        assertThat(Cells.parse("{a: 1, b: 'x', c: {d: [1.5, true]}}", open))
                .containsExactly(1L, Map.of("a", 1L, "b", "x", "c", Map.of("d", List.of(1.5, true))));
        assertThatThrownBy(() -> Cells.parse("1, 2", open)).hasMessageContaining("{name: value, ...}");
    }

    @Test
    void wrongValuesNameTheirColumn() {
        Schema schema = Schema.of(new Column("n", DataType.BIGINT));
        assertThatThrownBy(() -> Cells.parse("ann", schema)).hasMessage("column 'n': 'ann' is no whole number");
        assertThatThrownBy(() -> Cells.parse("1, 2", schema)).hasMessageContaining("has 2 values");
    }

    @Test
    void whatIsShownIsReadAgain() {
        for (Object value : Arrays.asList(
                null,
                Missing.VALUE,
                "ann",
                "",
                "NULL",
                "1",
                "true",
                "it's",
                "a, b",
                "a|b",
                "/a",
                "two words",
                " padded ",
                1L,
                2.0,
                0.1,
                1e300,
                true,
                List.of(1L, "x", List.of()),
                Map.of("a b", 1L))) {
            assertThat(Cells.value(Cells.format(value), DataType.ANY))
                    .as(Cells.format(value))
                    .isEqualTo(value);
        }
        assertThat(Cells.format(new byte[] {10, -1})).isEqualTo("x'0aff'");
        assertThat((byte[]) Cells.value("x'0aff'", DataType.VARBINARY)).containsExactly(10, -1);
        assertThat(Cells.format(Arrays.asList("ann", 2L, null, Instant.EPOCH))).isEqualTo("ann, 2, NULL, 00:00");
    }
}
