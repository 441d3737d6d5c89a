package io.varuna.plugin.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.varuna.api.connection.ConnectionFactory;
import io.varuna.api.lookup.LookupSource;
import io.varuna.testkit.Configurations;
import io.varuna.testkit.PluginContract;
import io.varuna.testkit.TestContext;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MemoryLookupTest extends PluginContract {
    private final Topics topics = new Topics();

    @AfterEach
    void closeTopics() {
        topics.close();
    }

    @Override
    protected MemoryLookup factory() {
        return new MemoryLookup();
    }

    @Override
    protected ConnectionFactory<?, ?> connection() {
        return new MemoryConnection();
    }

    @Test
    void lastRowOfAKeyIsFound() throws Exception {
        try (LookupSource table = open("id", List.of("id"))) {
            insert(Map.of("id", 1L, "name", "ann"));
            insert(Map.of("id", 2.0, "name", "bob"));
            insert(Map.of("id", 1.0, "name", "anna"));
            assertThat(table.lookup(List.of(1L))).containsExactly(Map.of("id", 1.0, "name", "anna"));
            assertThat(table.lookup(List.of(2L))).hasSize(1);
            assertThat(table.lookup(List.of(3L))).isEmpty();
        }
    }

    @Test
    void rowsAreFoundByOtherColumnsThanTheKey() throws Exception {
        try (LookupSource table = open("id", List.of("room"))) {
            insert(Map.of("id", 1L, "room", "a"));
            insert(Map.of("id", 2L, "room", "a"));
            insert(Map.of("id", 3L, "room", "b"));
            insert(Map.of("id", 4L));
            assertThat(table.lookup(List.of("a")))
                    .extracting(row -> row.get("id"))
                    .containsExactly(1L, 2L);
            insert(Map.of("id", 1L, "room", "b"));
            assertThat(table.lookup(List.of("a")))
                    .extracting(row -> row.get("id"))
                    .containsExactly(2L);
            assertThat(table.lookup(List.of("b")))
                    .extracting(row -> row.get("id"))
                    .containsExactly(3L, 1L);
        }
    }

    @Test
    void deletedRowsAreGone() throws Exception {
        try (LookupSource table = open("id", List.of("id"))) {
            insert(Map.of("id", 1L));
            topics.publish("t", List.of(new Published("t", Map.of("old", 1L), RowKind.DELETE, 1L)));
            assertThat(table.lookup(List.of(1L))).isEmpty();
        }
    }

    @Test
    void tableNeedsAKey() {
        assertThatThrownBy(() -> open("", List.of("id")))
                .hasMessage("Table 'stream' of type 'memory' needs the option KEY: the column that tells rows apart");
    }

    private LookupSource open(String key, List<String> searched) throws Exception {
        TestContext context =
                TestContext.builder().sharedConnection(topics).dataSource("t").build();
        return factory().open(Configurations.of(factory(), Map.of("key", key)), List.of(), searched, context);
    }

    private void insert(Map<String, Object> row) throws Exception {
        topics.publish("t", List.of(new Published("t", row, RowKind.INSERT, null)));
    }
}
