package io.varuna.plugin.http;

import io.varuna.api.data.Schema;
import io.varuna.api.lookup.LookupFactory;
import io.varuna.testkit.FallibleLookupContract;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

class HttpPullLookupContractTest extends FallibleLookupContract {
    private final TableServer server;

    HttpPullLookupContractTest() throws IOException {
        this.server = new TableServer();
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Override
    protected LookupFactory<?> factory() {
        return new HttpPullLookup();
    }

    @Override
    protected Map<String, Object> properties() {
        return Map.of("url", server.address());
    }

    @Override
    protected String dataSource() {
        return "/rooms";
    }

    @Override
    protected boolean mayOutlive(Thread thread) {
        // the client of Java ends its threads when it is collected
        return thread.getName().startsWith("HttpClient-") || thread.getName().startsWith("HTTP-Dispatcher");
    }

    @Override
    protected void create(Schema schema) {
        server.clear();
    }

    @Override
    protected void provide(Schema schema, List<Map<String, Object>> rows) {
        server.provide(rows);
    }

    @Override
    protected void interrupt() {
        server.stop();
    }

    @Override
    protected void restore() throws IOException {
        server.start();
    }
}
