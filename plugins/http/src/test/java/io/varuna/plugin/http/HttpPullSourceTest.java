package io.varuna.plugin.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.varuna.api.error.VarunaException;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    @Test
    void answerWithoutAnEndIsRefused() throws Exception {
        assertRefused("/endless", Map.of("maxBodySize", 100_000), "answered more than 100000 bytes");
    }

    @Test
    void answerThatStopsWithinIsGivenUp() throws Exception {
        assertRefused("/silent", Map.of("timeout", "300ms"), "did not answer in full within 300 ms");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, Integer.MAX_VALUE})
    void sizeOfAnAnswerIsChecked(int size) {
        Map<String, Object> properties = properties();
        properties.put("maxBodySize", size);
        TestContext context = TestContext.builder()
                .properties(properties)
                .dataSource(dataSource())
                .schema(schema())
                .build();
        assertThatThrownBy(() -> SourceRun.start(factory(), context))
                .isInstanceOf(VarunaException.class)
                .hasMessage("Property 'maxBodySize' takes a number of bytes from 1 to 1073741824, not '" + size + "'");
    }

    private void assertRefused(String path, Map<String, Object> more, String reason) throws Exception {
        try (StubbornServer stubborn = new StubbornServer()) {
            Map<String, Object> properties = properties();
            properties.put("url", stubborn.address());
            properties.putAll(more);
            TestContext context = TestContext.builder()
                    .properties(properties)
                    .dataSource(path)
                    .schema(schema())
                    .build();
            try (SourceRun run = SourceRun.start(factory(), context)) {
                assertThat(run.output().awaitRejected(1, PATIENCE)).isTrue();
                assertThat(run.output().rejected().get(0).cause())
                        .hasMessage(stubborn.address() + path + " " + reason
                                + (path.equals("/endless") ? "; property 'maxBodySize' says how many are taken" : ""));
            }
        }
    }
}
