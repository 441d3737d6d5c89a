package io.varuna.plugin.memory;

import static io.varuna.testkit.Rows.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.varuna.api.data.Schema;
import io.varuna.api.error.VarunaException;
import io.varuna.api.sink.Sink;
import io.varuna.api.sink.SinkFactory;
import io.varuna.testkit.Configurations;
import io.varuna.testkit.Rows;
import io.varuna.testkit.SinkContract;
import io.varuna.testkit.TestContext;
import io.varuna.testkit.manage.MemoryKeyedState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KeyedStateSinkTest extends SinkContract {
    private final MemoryKeyedState state = new MemoryKeyedState();

    @Override
    protected SinkFactory<?> factory() {
        return new KeyedStateSink(state);
    }

    @Override
    protected Map<String, Object> properties() {
        return Map.of("keyField", "id");
    }

    @Override
    protected void create(Schema schema) {
        state.keys().forEach(state::remove);
    }

    @Override
    protected List<Map<String, Object>> written(Schema schema) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Object value : state.values()) {
            Map<String, Object> row = new LinkedHashMap<>();
            ((Map<?, ?>) value).forEach((name, member) -> {
                if (member != null) {
                    row.put(String.valueOf(name), member);
                }
            });
            rows.add(row);
        }
        return rows;
    }

    private Sink open(TestContext context, String valueField) throws Exception {
        KeyedStateSink factory = new KeyedStateSink(state);
        return factory.open(Configurations.of(factory, Map.of("keyField", "id", "valueField", valueField)), context);
    }

    @Test
    void theValueOfOneColumnIsSetAndNullRemovesIt() throws Exception {
        try (TestContext context = TestContext.builder().schema(SCHEMA).build();
                Sink sink = open(context, "name")) {
            sink.write(Rows.batch(SCHEMA, values(1L, "ann"), values(2L, "bob"), values(1L, "cid")));
            assertThat(state.get("1")).contains("cid");
            assertThat(state.get("2")).contains("bob");
            sink.write(Rows.batch(SCHEMA, values(1L, null)));
            assertThat(state.keys()).containsExactly("2");
        }
    }

    @Test
    void aRowWithoutAKeyIsRefusedAndNothingOfItsBatchIsSet() throws Exception {
        try (TestContext context = TestContext.builder().schema(SCHEMA).build();
                Sink sink = open(context, "name")) {
            assertThatThrownBy(() -> sink.write(Rows.batch(SCHEMA, values(1L, "ann"), values(null, "bob"))))
                    .isInstanceOf(VarunaException.class)
                    .hasMessage("Column 'id' has no value. As 'keyField' of 'keyedstate' it needs one");
            assertThat(state.keys()).isEmpty();
        }
    }
}
