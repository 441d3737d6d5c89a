package io.varuna.api.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class DataTypeTest {
    @Test
    void printsAsInAStatement() {
        DataType reading = DataType.struct(
                Schema.of(new Column("value", DataType.DOUBLE), new Column("tags", DataType.array(DataType.VARCHAR))));
        assertThat(DataType.array(reading)).hasToString("ARRAY(STRUCT(value FLOAT, tags ARRAY(STRING)))");
        assertThat(Schema.OPEN).hasToString("(...)");
    }

    @Test
    void arraysHaveElementsAndNothingElseHas() {
        assertThatThrownBy(() -> new DataType(DataType.Kind.ARRAY, null, null))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new DataType(DataType.Kind.BIGINT, DataType.ANY, null))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void openSchemasCarryTheWholeRecord() {
        Schema schema = new Schema(List.of(new Column("a", DataType.ANY)), true);
        assertThat(schema.size()).isEqualTo(1);
        assertThat(schema.width()).isEqualTo(2);
        assertThat(schema.indexOf("a")).isZero();
        assertThat(schema.indexOf("A")).isEqualTo(-1);
    }
}
