package io.varuna.plugin.http;

import static io.varuna.testkit.Rows.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.varuna.api.data.DataType;
import io.varuna.api.data.Schema;
import io.varuna.api.error.VarunaException;
import io.varuna.api.sink.RejectedRowsException;
import io.varuna.api.sink.Sink;
import io.varuna.api.sink.SinkFactory;
import io.varuna.testkit.FallibleSinkContract;
import io.varuna.testkit.Json;
import io.varuna.testkit.TestContext;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RestSinkTest extends FallibleSinkContract {
    private final RecordServer server;

    RestSinkTest() throws IOException {
        this.server = new RecordServer();
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Override
    protected SinkFactory<?> factory() {
        return new RestSink();
    }

    @Override
    protected Map<String, Object> properties() {
        return new HashMap<>(Map.of("url", server.address() + "/in", "method", "post"));
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
    protected List<Map<String, @Nullable Object>> written(Schema schema) {
        return List.copyOf(server.received());
    }

    @Override
    protected Object readBack(DataType type, Object value) {
        return Objects.requireNonNull(Json.read(Json.write(value)));
    }

    @Override
    protected @Nullable Object[] refusedRow() {
        return values(5L, "refuse me");
    }

    @Override
    protected void interrupt() {
        server.stop();
    }

    @Override
    protected void restore() throws IOException {
        server.start();
    }

    private static TestContext context(Map<String, Object> properties) {
        return TestContext.builder().properties(properties).schema(SCHEMA).build();
    }

    @Test
    void fillsInAddressAndHeaders() throws Exception {
        Map<String, Object> properties = properties();
        properties.put("url", server.address() + "/devices/{{.id}}");
        properties.put("headers", Map.of("X-Key", "key-{{.name}}"));
        try (TestContext context = context(properties);
                Sink sink = open(context)) {
            write(sink, SCHEMA, values(7L, "ann"));
        }
        assertThat(server.requests()).containsExactly("POST /devices/7 application/json key-ann");
    }

    @Test
    void sendsForms() throws Exception {
        Map<String, Object> properties = properties();
        properties.put("url", server.address() + "/records");
        properties.put("bodyType", "form");
        try (TestContext context = context(properties);
                Sink sink = open(context)) {
            write(sink, SCHEMA, values(7L, "a b&c"));
        }
        assertThat(server.requests()).containsExactly("POST /records application/x-www-form-urlencoded null");
    }

    @Test
    void messagesThatWentThroughAreNotSentTwice() throws Exception {
        create(SCHEMA);
        Map<String, Object> properties = properties();
        properties.put("url", "{{.name}}");
        try (TestContext context = context(properties);
                Sink sink = open(context)) {
            String good = server.address() + "/in";
            String away = "http://localhost:1/in";
            for (int attempt = 0; attempt < 2; attempt++) {
                assertThatThrownBy(() -> write(sink, SCHEMA, values(1L, good), values(2L, away)))
                        .isInstanceOf(IOException.class);
            }
            assertThat(server.received()).hasSize(1);
        }
    }

    @Test
    void refusedMessageIsNamedAlsoIfALaterOneComesAgain() throws Exception {
        create(SCHEMA);
        Map<String, Object> properties = properties();
        properties.put("url", "{{.name}}");
        try (TestContext context = context(properties);
                Sink sink = open(context)) {
            Object[] good = values(1L, server.address() + "/in");
            Object[] wrong = values(2L, "no address");
            Object[] slow = values(3L, server.address() + "/in");
            interrupt();
            assertThatThrownBy(() -> write(sink, SCHEMA, wrong, good, slow)).isInstanceOf(IOException.class);
            restore();
            assertThatThrownBy(() -> write(sink, SCHEMA, wrong, good, slow))
                    .isInstanceOfSatisfying(RejectedRowsException.class, e -> assertThat(e.causes())
                            .containsOnlyKeys(0));
            write(sink, SCHEMA, good);
            assertThat(server.received()).extracting(record -> record.get("id")).containsExactly(1L, 3L, 1L);
        }
    }

    @Test
    void addressThatValuesMakeWrongCostsItsMessageOnly() throws Exception {
        Map<String, Object> properties = properties();
        properties.put("url", server.address() + "/devices/{{.name}}");

        assertSecondOfThreeIsRefused(properties, "no address", "Property 'url' takes an http or https address");
    }

    @Test
    void headerThatValuesMakeWrongCostsItsMessageOnly() throws Exception {
        Map<String, Object> properties = properties();
        properties.put("headers", Map.of("X-Key", "{{.name}}"));

        assertSecondOfThreeIsRefused(properties, "two\nlines", "invalid header value");
    }

    private void assertSecondOfThreeIsRefused(Map<String, Object> properties, String name, String reason)
            throws Exception {
        create(SCHEMA);
        try (TestContext context = context(properties);
                Sink sink = open(context)) {
            assertThatThrownBy(() -> write(sink, SCHEMA, values(1L, "ann"), values(2L, name), values(3L, "bob")))
                    .isInstanceOfSatisfying(RejectedRowsException.class, refused -> assertThat(refused.causes())
                            .hasEntrySatisfying(1, cause -> assertThat(cause).hasMessageContaining(reason))
                            .hasSize(1));
        }
        assertThat(server.received()).extracting(record -> record.get("name")).containsExactly("ann", "bob");
    }

    @Test
    void answerWithoutAnEndIsReadNoFurtherThanItIsShown() throws Exception {
        assertFails("/endless", "5s", " answered 500: ");
    }

    @Test
    void answerThatStopsWithinIsGivenUp() throws Exception {
        assertFails("/silent", "300ms", " did not answer in full within 300 ms");
    }

    private void assertFails(String path, String timeout, String reason) throws Exception {
        try (StubbornServer stubborn = new StubbornServer()) {
            Map<String, Object> properties = properties();
            properties.put("url", stubborn.address() + path);
            properties.put("timeout", timeout);
            try (TestContext context = context(properties);
                    Sink sink = open(context)) {
                assertThatThrownBy(() -> write(sink, SCHEMA, values(1L, "ann")))
                        .isInstanceOf(IOException.class)
                        .hasMessageStartingWith(stubborn.address() + path + reason);
            }
        }
    }

    @Test
    void wrongPropertiesAreNamed() {
        assertWrong("method", "fetch", "Property 'method' takes get, post, put, patch or delete, not 'fetch'");
        assertWrong("url", "ftp://localhost/", "Property 'url' takes an http or https address, not 'ftp://localhost/'");
        assertWrong(
                "timeout",
                "soon",
                "Property 'timeout' takes a time such as 10s or 500ms, or a number of milliseconds, not 'soon'");
        assertWrong("headers", Map.of("Host", "x"), "Property 'headers' takes names of headers other than");
        assertWrong(
                "rootCaPath",
                "/nowhere.pem",
                "Property 'rootCaPath' takes the path of a PEM file that can be read, not '/nowhere.pem'");
    }

    private void assertWrong(String name, Object value, String message) {
        Map<String, Object> properties = properties();
        properties.put(name, value);
        TestContext context = context(properties);
        assertThatThrownBy(() -> open(context))
                .isInstanceOf(VarunaException.class)
                .hasMessageStartingWith(message);
    }
}
