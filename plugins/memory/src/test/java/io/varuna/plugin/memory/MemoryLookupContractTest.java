package io.varuna.plugin.memory;

import io.varuna.api.connection.ConnectionFactory;
import io.varuna.api.data.Schema;
import io.varuna.api.lookup.LookupFactory;
import io.varuna.testkit.LookupContract;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

class MemoryLookupContractTest extends LookupContract {
    private final Topics topics = new Topics();

    @AfterEach
    void closeTopics() {
        topics.close();
    }

    @Override
    protected LookupFactory<?> factory() {
        return new MemoryLookup();
    }

    @Override
    protected ConnectionFactory<?, ?> connection() {
        return new MemoryConnection();
    }

    @Override
    protected AutoCloseable sharedConnection() {
        return topics;
    }

    @Override
    protected Map<String, Object> properties() {
        return Map.of("key", "id");
    }

    @Override
    protected String dataSource() {
        return "rooms";
    }

    @Override
    protected boolean mustBeOpenBefore() {
        return true;
    }

    @Override
    protected void create(Schema schema) {
        // a table is empty when it is opened
    }

    @Override
    protected void provide(Schema schema, List<Map<String, Object>> rows) throws Exception {
        topics.publish(
                "rooms",
                rows.stream()
                        .map(row -> new Published("rooms", row, RowKind.INSERT, null))
                        .toList());
    }
}
