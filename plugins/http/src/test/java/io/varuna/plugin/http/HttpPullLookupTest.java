package io.varuna.plugin.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchException;

import io.varuna.api.data.Column;
import io.varuna.api.data.DataType;
import io.varuna.api.data.Schema;
import io.varuna.api.error.VarunaException;
import io.varuna.api.lookup.LookupSource;
import io.varuna.api.plugin.ConnectionStatus;
import io.varuna.testkit.Configurations;
import io.varuna.testkit.TestContext;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpPullLookupTest {
    private static final Schema SCHEMA =
            Schema.of(new Column("id", DataType.VARCHAR), new Column("room", DataType.VARCHAR));

    private final HttpPullLookup factory = new HttpPullLookup();
    private final TableServer server;
    private Schema schema = SCHEMA;
    private TestContext context = TestContext.builder().build();

    HttpPullLookupTest() throws IOException {
        this.server = new TableServer();
    }

    @BeforeEach
    void provide() {
        server.provide(List.of(Map.of("id", "a", "room", "cellar"), Map.of("id", "b", "room", "attic")));
    }

    @AfterEach
    void close() {
        server.close();
    }

    private LookupSource open(String dataSource, Map<String, Object> more) {
        return open(server.address(), dataSource, more);
    }

    private LookupSource open(String url, String dataSource, Map<String, Object> more) {
        Map<String, Object> properties = new HashMap<>(Map.of("url", url));
        properties.putAll(more);
        context = TestContext.builder()
                .properties(properties)
                .dataSource(dataSource)
                .schema(schema)
                .build();
        return factory.open(Configurations.of(factory, context.properties()), List.of(), List.of("id"), context);
    }

    private List<Map<String, Object>> found(String dataSource, Object key) throws Exception {
        try (LookupSource table = open(dataSource, Map.of())) {
            return table.lookup(List.of(key)).stream()
                    .<Map<String, Object>>map(HashMap::new)
                    .toList();
        }
    }

    @Test
    void keyIsPartOfTheAddress() throws Exception {
        assertThat(found("/rooms/{{.id}}", "a")).containsExactly(Map.of("id", "a", "room", "cellar"));
        assertThat(found("/rooms/{{ .id }}", "z")).isEmpty();
        assertThat(server.requests()).containsExactly("GET /rooms/a", "GET /rooms/z");
    }

    @Test
    void rowsOfOtherKeysAreLeftOut() throws Exception {
        assertThat(found("/rooms?id={{.id}}", "b")).containsExactly(Map.of("id", "b", "room", "attic"));
        assertThat(found("/rooms", "a")).containsExactly(Map.of("id", "a", "room", "cellar"));
        assertThat(server.requests()).containsExactly("GET /rooms?id=b", "GET /rooms");
    }

    @Test
    void tableWithoutColumnsHasAllThatTheAnswerHas() throws Exception {
        schema = Schema.OPEN;
        server.provide(List.of(Map.of("id", 7, "floor", 2)));
        assertThat(found("/rooms", 7.0)).containsExactly(Map.of("id", 7L, "floor", 2L));
        assertThat(found("/rooms/{{.id}}", 7L)).containsExactly(Map.of("id", 7L, "floor", 2L));
    }

    @Test
    void addressesHaveValuesThatMeanNothingElse() throws Exception {
        assertThat(found("/rooms/{{.id}}?of={{.id}}", "a/../b?x=1&y#z %2F+é")).isEmpty();
        assertThat(server.requests())
                .containsExactly("GET /rooms/a%2F..%2Fb%3Fx%3D1%26y%23z%20%252F%2B%C3%A9"
                        + "?of=a%2F..%2Fb%3Fx%3D1%26y%23z%20%252F%2B%C3%A9");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", ".."})
    void pathIsNotLeft(String key) {
        assertThatThrownBy(() -> found("/rooms/{{.id}}", key))
                .isInstanceOf(VarunaException.class)
                .hasMessage("The key [" + key + "] makes no address to ask: '" + key + "' cannot be a part of a path");
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void bodiesHaveValuesThatMeanNothingElse() throws Exception {
        Map<String, String> bodies = Map.of(
                "json", "{\"q\": {\"id\": \"r-{{.id}}\", \"v\": {{.id}}}}",
                "form", "id={{.id}}",
                "xml", "<id>{{.id}}</id>",
                "text", "{{.id}}");
        for (Map.Entry<String, String> body : bodies.entrySet()) {
            Map<String, Object> properties =
                    Map.of("method", "post", "bodyType", body.getKey(), "body", body.getValue());
            try (LookupSource table = open("/rooms", properties)) {
                assertThat(table.lookup(List.of("a\"\\&<\n"))).isEmpty();
            }
        }
        assertThat(server.requests())
                .containsExactlyInAnyOrder(
                        "POST /rooms {\"q\": {\"id\": \"r-a\\\"\\\\&<\\u000a\", \"v\": \"a\\\"\\\\&<\\u000a\"}}",
                        "POST /rooms id=a%22%5C%26%3C%0A",
                        "POST /rooms <id>a&quot;\\&amp;&lt;\n</id>",
                        "POST /rooms a\"\\&<\n");
    }

    @Test
    void numbersStayNumbersInJson() throws Exception {
        schema = Schema.OPEN;
        try (LookupSource table =
                open("/rooms", Map.of("method", "post", "bodyType", "json", "body", "{\"id\":{{.id}}}"))) {
            assertThat(table.lookup(List.of(7L))).isEmpty();
        }
        assertThat(server.requests()).containsExactly("POST /rooms {\"id\":7}");
    }

    @Test
    void headersHaveValuesThatAreOneLine() throws Exception {
        try (LookupSource table = open("/rooms", Map.of("headers", Map.of("X-Key", "r-{{.id}}")))) {
            assertThat(table.lookup(List.of("a"))).hasSize(1);
            assertThatThrownBy(() -> table.lookup(List.of("a\r\nX-Other: b")))
                    .isInstanceOf(VarunaException.class)
                    .hasMessageContaining("makes no header to ask");
        }
        assertThat(server.requests()).containsExactly("GET /rooms X-Key: r-a");
    }

    @ParameterizedTest
    @CsvSource({"400, false", "404, false", "302, false", "429, true", "500, true", "503, true"})
    void otherStatusIsAnError(int status, boolean passes) throws Exception {
        Exception failure = catchException(() -> found("/status/" + status, "a"));
        assertThat(failure).hasMessage(server.address() + "/status/" + status + " answered " + status);
        assertThat(factory.isTransient(failure)).isEqualTo(passes);
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void emptyAnswerHasNoRows() throws Exception {
        assertThat(found("/status/204", "a")).isEmpty();
        assertThat(found("/text/%5B%5D", "a")).isEmpty();
    }

    @Test
    void answerThatCannotBeReadIsAnError() {
        Exception failure = catchException(() -> found("/text/sorry", "a"));
        assertThat(failure)
                .isInstanceOf(VarunaException.class)
                .hasMessage(server.address()
                        + "/text/sorry answered what cannot be read in the table's format: The record is not JSON");
        assertThat(factory.isTransient(failure)).isFalse();
    }

    @Test
    void serverThatIsAwayIsNamed() throws Exception {
        try (LookupSource table = open("/rooms/{{.id}}", Map.of())) {
            server.stop();
            Exception failure = catchException(() -> table.lookup(List.of("a")));
            assertThat(failure).hasMessageStartingWith(server.address() + "/rooms/a could not be asked: ");
            assertThat(factory.isTransient(failure)).isTrue();
            assertThat(context.statuses())
                    .last()
                    .isEqualTo(new TestContext.Status(ConnectionStatus.DISCONNECTED, failure.getMessage()));
        }
    }

    @Test
    void answersWithoutAnEndAreGivenUp() throws Exception {
        try (StubbornServer stubborn = new StubbornServer()) {
            try (LookupSource table = open(stubborn.address(), "/endless", Map.of("maxBodySize", 100_000))) {
                assertThatThrownBy(() -> table.lookup(List.of("a")))
                        .hasMessage(stubborn.address() + "/endless answered more than 100000 bytes;"
                                + " property 'maxBodySize' says how many are taken");
            }
            try (LookupSource table = open(stubborn.address(), "/silent", Map.of("timeout", "300ms"))) {
                assertThatThrownBy(() -> table.lookup(List.of("a")))
                        .hasMessage(stubborn.address() + "/silent did not answer in full within 300 ms");
            }
        }
    }

    @Test
    void oneConnectionServesAllQuestionsAlsoOfATableThatIsOpenedAgain() throws Exception {
        try (LookupSource first = open("/rooms/{{.id}}", Map.of());
                LookupSource second = open("/rooms/{{.id}}", Map.of())) {
            for (int i = 0; i < 20; i++) {
                assertThat(first.lookup(List.of("a"))).hasSize(1);
                assertThat(second.lookup(List.of("b"))).hasSize(1);
            }
        }
        assertThat(server.requests()).hasSize(40);
        assertThat(server.connections()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://{{.id}}/rooms", "http://rooms-{{.id}}.example", "{{.id}}", "ftp://example/{{.id}}"})
    void keyDoesNotNameTheServer(String url) {
        assertThatThrownBy(() -> open(url, "", Map.of()))
                .isInstanceOf(VarunaException.class)
                .hasMessage(
                        "Property 'url' takes an http or https address, with values in its path or query only, not '"
                                + url + "'");
    }

    @Test
    void placesStandForColumnsOfTheKey() {
        assertThatThrownBy(() -> open("/rooms/{{.room}}", Map.of()))
                .isInstanceOf(VarunaException.class)
                .hasMessage("'{{.room}}': {{.room}} stands for no column that the join compares."
                        + " It compares: id, written as {{.id}}");
        assertThatThrownBy(() -> open("/rooms/{{upper .id}}", Map.of()))
                .isInstanceOf(VarunaException.class)
                .hasMessageContaining("{{upper .id}} stands for no column");
    }

    @Test
    void bodyWithValuesNeedsAForm() {
        assertThatThrownBy(() -> open("/rooms", Map.of("method", "post", "body", "{{.id}}")))
                .isInstanceOf(VarunaException.class)
                .hasMessage("Property 'bodyType' takes json, form, xml, html or text for a body with values,"
                        + " which says how to write them, not 'none'");
    }
}
