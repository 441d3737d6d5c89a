package io.varuna.plugin.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.varuna.api.data.Column;
import io.varuna.api.data.DataType;
import io.varuna.api.data.Schema;
import io.varuna.api.error.VarunaException;
import io.varuna.api.lookup.LookupSource;
import io.varuna.testkit.Configurations;
import io.varuna.testkit.LookupContract;
import io.varuna.testkit.TestContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SimulatorLookupTest extends LookupContract {
    private final List<Map<String, Object>> data = new ArrayList<>();

    @Override
    protected SimulatorLookup factory() {
        return new SimulatorLookup();
    }

    @Override
    protected Map<String, Object> properties() {
        return Map.of("data", List.copyOf(data));
    }

    @Override
    protected void create(Schema schema) {
        data.clear();
    }

    @Override
    protected void provide(Schema schema, List<Map<String, Object>> rows) {
        data.addAll(rows);
    }

    @Test
    void numbersAreComparedByWhatTheyCount() throws Exception {
        List<Map<String, Object>> rows = List.of(Map.of("id", 1, "name", "ann"), Map.of("id", 2.5, "name", "bob"));
        try (LookupSource table = open(Map.of("data", rows), Schema.OPEN, "id")) {
            assertThat(table.lookup(List.of(1.0))).containsExactly(Map.of("id", 1L, "name", "ann"));
            assertThat(table.lookup(List.of(2.5))).hasSize(1);
            assertThat(table.lookup(List.of(2L))).isEmpty();
            assertThat(table.lookup(List.of("1"))).isEmpty();
        }
    }

    @Test
    void recordsAreBroughtToTheColumnsOfTheTable() throws Exception {
        Schema schema = Schema.of(new Column("id", DataType.VARCHAR), new Column("most", DataType.DOUBLE));
        List<Map<String, Object>> rows = List.of(Map.of("id", 7, "most", 20, "more", true), Map.of("id", 8));
        try (LookupSource table = open(Map.of("data", rows), schema, "id")) {
            assertThat(table.lookup(List.of("7"))).containsExactly(Map.of("id", "7", "most", 20.0));
            assertThat(table.lookup(List.of("8"))).containsExactly(Map.of("id", "8"));
        }
        assertThatThrownBy(() -> open(Map.of("data", List.of(Map.of("most", "much"))), schema, "id"))
                .isInstanceOf(VarunaException.class)
                .hasMessage("Column 'most' takes FLOAT, not 'much' (STRING)");
    }

    @Test
    void aProfileOfTheSourceWillDo() throws Exception {
        Map<String, Object> properties =
                new LinkedHashMap<>(Map.of("data", List.of(Map.of("id", 1)), "interval", "10ms", "loop", false));
        try (LookupSource table = open(properties, Schema.OPEN, "id")) {
            assertThat(table.lookup(List.of(1L))).hasSize(1);
        }
    }

    @Test
    void dataMustBeAListOfObjects() {
        assertThatThrownBy(() -> open(Map.of("data", "[{}]"), Schema.OPEN, "id"))
                .hasMessage("Table 'stream' of type 'simulator' takes a list of objects as property 'data', such as"
                        + " [{\"temperature\": 20.5}]");
        assertThatThrownBy(() -> open(Map.of("data", List.of(Map.of(), 5)), Schema.OPEN, "id"))
                .hasMessageStartingWith("Table 'stream' of type 'simulator'")
                .hasMessageContaining("element 2 is '5'");
    }

    private LookupSource open(Map<String, Object> properties, Schema schema, String key) throws Exception {
        TestContext context =
                TestContext.builder().properties(properties).schema(schema).build();
        return factory().open(Configurations.of(factory(), properties), List.of(), List.of(key), context);
    }
}
