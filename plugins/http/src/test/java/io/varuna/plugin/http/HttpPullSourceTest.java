package io.varuna.plugin.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.varuna.api.source.SourceFactory;
import io.varuna.testkit.SourceContract;
import io.varuna.testkit.SourceRun;
import io.varuna.testkit.TestContext;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HttpPullSourceTest extends SourceContract {
    private final RecordServer server;

    HttpPullSourceTest() throws IOException {
        this.server = new RecordServer();
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Override
    protected SourceFactory<?> factory() {
        return new HttpPullSource();
    }

    @Override
    protected Map<String, Object> properties() {
        return new HashMap<>(Map.of("url", server.address(), "interval", "20ms"));
    }

    @Override
    protected String dataSource() {
        return "/records";
    }

    @Override
    protected boolean mayOutlive(Thread thread) {
        // the client of Java ends its threads when it is collected
        return thread.getName().startsWith("HttpClient-") || thread.getName().startsWith("HTTP-Dispatcher");
    }

    @Override
    protected void create() {
        server.clear();
    }

    @Override
    protected void provide(List<Map<String, Object>> records) {
        server.provide(records);
    }

    @Test
    void outageIsReportedAndOvercome() throws Exception {
        server.stop();
        TestContext context = TestContext.builder()
                .properties(properties())
                .dataSource(dataSource())
                .schema(schema())
                .build();
        try (SourceRun run = SourceRun.start(factory(), context)) {
            assertThat(run.output().awaitRejected(1, PATIENCE)).isTrue();
            server.provide(List.of(Map.of("id", 1L, "name", "ann")));
            server.start();
            assertThat(run.output().awaitFlushed(1, PATIENCE)).isTrue();
        }
    }
}
