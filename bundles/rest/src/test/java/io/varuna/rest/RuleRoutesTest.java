package io.varuna.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RuleRoutesTest {
    private static final String RULE =
            "{\"id\": \"ruleTest\", \"sql\": \"SELECT * FROM demo\", \"actions\": [{\"log\": {}}], \"tags\": [\"a\"]}";

    private static final String EXPLANATION = "{\"dialect\":\"rule\",\"eventTime\":false,\"time\":\"processing time\","
            + "\"inputs\":[{\"name\":\"demo\",\"alias\":\"demo\",\"kind\":\"stream\",\"type\":\"mqtt\",\"format\":\"json\","
            + "\"shared\":false,\"columns\":[\"*\"],\"conditions\":[],\"keys\":[]}],"
            + "\"plan\":{\"operator\":\"Scan\",\"text\":\"Scan demo [*]\",\"columns\":[\"$row\"],\"inputs\":[]}}";

    @RegisterExtension
    private final RestServer server = new RestServer();

    @Test
    void createdRuleIsKeptAsItWasGiven() throws Exception {
        HttpResponse<String> created = server.post("/rules", RULE);

        assertThat(created.statusCode()).isEqualTo(201);
        assertThat(created.body()).isEqualTo("Rule ruleTest was created successfully.");
        assertThat(server.get("/rules/ruleTest").body()).isEqualTo(RULE);
        assertThat(server.get("/rules").body())
                .isEqualTo("[{\"id\":\"ruleTest\",\"name\":\"\",\"status\":\"running\",\"version\":\"\","
                        + "\"trace\":false,\"tags\":[\"a\"]}]");
    }

    @Test
    void listSaysWhatRulesWaitFor() throws Exception {
        server.post("/rules", RULE.replace("log", "mysql"));

        assertThat(server.get("/rules").body()).contains("\"status\":\"waiting for sink 'mysql'\"");
    }

    @Test
    void sameIdTwiceIsRefused() throws Exception {
        server.post("/rules", RULE);

        HttpResponse<String> answer = server.post("/rules", RULE);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).isEqualTo("{\"error\":4000,\"message\":\"There is already a rule 'ruleTest'.\"}");
    }

    @Test
    void updateReplacesOrCreates() throws Exception {
        assertThat(server.send("PUT", "/rules/ruleTest", RULE).body())
                .isEqualTo("Rule ruleTest was updated successfully.");
        assertThat(server.send("PUT", "/rules/ruleTest", RULE.replace("demo", "dmo"))
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void commandsAreAnsweredInEKuipersWords() throws Exception {
        server.post("/rules", RULE);

        assertThat(server.post("/rules/ruleTest/stop", "").body()).isEqualTo("Rule ruleTest was stopped.");
        assertThat(server.get("/rules").body()).contains("\"status\":\"stopped\"");
        assertThat(server.post("/rules/ruleTest/start", "").body()).isEqualTo("Rule ruleTest was started");
        assertThat(server.post("/rules/ruleTest/restart", "").body()).isEqualTo("Rule ruleTest was restarted");
        assertThat(server.send("DELETE", "/rules/ruleTest", "").body()).isEqualTo("Rule ruleTest is dropped.");
        assertThat(server.post("/rules/ruleTest/start", "").statusCode()).isEqualTo(404);
    }

    @Test
    void statusHasStateAndFiguresOnOneLevel() throws Exception {
        server.post("/rules", RULE);
        String expected = "{\"status\":\"running\",\"message\":\"\",\"lastStartTimestamp\":1000,"
                + "\"lastStopTimestamp\":0,\"nextStartTimestamp\":0,\"source_demo_0_records_in_total\":3,"
                + "\"source_demo_0_exceptions_total\":1,\"source_demo_0_last_exception\":\"not JSON\","
                + "\"sink_log_0_0_records_out_total\":2,\"sink_log_0_0_exceptions_total\":1,\"sink_log_0_0_last_exception\":\"\"}";

        assertThat(server.get("/rules/ruleTest/status").body()).isEqualTo(expected);
        assertThat(server.get("/v2/rules/ruleTest/status").body()).isEqualTo(expected);
        assertThat(server.get("/rules/status/all").body())
                .isEqualTo("{\"ruleTest\":{\"status\":\"running\",\"message\":\"\","
                        + "\"last_exception\":\"not JSON\",\"exceptions_total\":2,\"records_in_total\":3,"
                        + "\"records_out_total\":2}}");
    }

    @Test
    void planAndTopologyAreShown() throws Exception {
        server.post("/rules", RULE);

        assertThat(server.get("/rules/ruleTest/explain").body())
                .isEqualTo(
                        """
                        Dialect: rule
                        Time: processing time
                        Reads:
                          stream 'demo', source mqtt, format json: *
                        Plan:
                          Scan demo [*]
                        """);
        assertThat(server.send("GET", "/rules/ruleTest/explain", "", "Accept", "application/json")
                        .body())
                .isEqualTo(EXPLANATION);
        assertThat(server.get("/rules/ruleTest/topo").body())
                .isEqualTo("{\"sources\":[\"source_demo\"],\"edges\":{\"source_demo\":[\"sink_log_0\"]}}");
    }

    @Test
    void validationSaysWhatIsWrong() throws Exception {
        assertThat(server.post("/rules/validate", RULE).body())
                .isEqualTo("{\"valid\":true,\"sources\":[\"demo\"],\"explanation\":" + EXPLANATION + "}");

        assertThat(server.post("/rules/validate", RULE.replace("log", "mysql")).body())
                .startsWith("{\"valid\":true,\"sources\":[\"demo\"],\"message\":\"waiting for sink 'mysql'\",");

        HttpResponse<String> refused = server.post("/rules/validate", RULE.replace("demo", "dmo"));

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body())
                .isEqualTo("{\"error\":4000,\"message\":\"There is no stream 'dmo'. Did you mean 'demo'?\"}");
    }

    @Test
    void tagsAreReplacedAddedAndRemoved() throws Exception {
        server.post("/rules", RULE);

        assertThat(server.send("PATCH", "/rules/ruleTest/tags", "{\"tags\":[\"a\",\"b\"]}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(server.rules.list().get(0).tags()).containsExactly("a", "b");
        server.send("DELETE", "/rules/ruleTest/tags", "{\"tags\":[\"a\"]}");
        assertThat(server.rules.list().get(0).tags()).containsExactly("b");
        server.send("PUT", "/rules/ruleTest/tags", "{\"tags\":[\"c\"]}");
        assertThat(server.rules.list().get(0).tags()).containsExactly("c");
        assertThat(server.send("PUT", "/rules/other/tags", "{\"tags\":[\"c\"]}").statusCode())
                .isEqualTo(404);
    }

    @Test
    void rulesAreFoundByTagsInTheBodyOrTheQuery() throws Exception {
        server.post("/rules", RULE);

        assertThat(server.send("GET", "/rules/tags/match", "{\"tags\":[\"a\"]}").body())
                .isEqualTo("{\"rules\":[\"ruleTest\"]}");
        assertThat(server.get("/rules/tags/match?tags=a,b").body()).isEqualTo("{\"rules\":[]}");
    }

    @Test
    void bulkCommandsTellWhatBecameOfEachRule() throws Exception {
        server.post("/rules", RULE);
        server.post("/rules", RULE.replace("ruleTest", "broken"));

        assertThat(server.post("/rules/bulkstart", "{\"tags\":[\"a\"]}").body())
                .isEqualTo("[{\"ruleId\":\"broken\",\"success\":false,\"error\":\"The broker is away.\"},"
                        + "{\"ruleId\":\"ruleTest\",\"success\":true}]");
        assertThat(server.post("/rules/bulkstop", "{\"tags\":[\"a\"]}").body()).contains("\"success\":true");
        assertThat(server.post("/rules/bulkstop", "{\"tags\":[\"x\"]}").statusCode())
                .isEqualTo(400);
        assertThat(server.post("/rules/bulkstop", "{\"tags\":[]}").statusCode()).isEqualTo(400);
    }

    @Test
    void placeToReadFromIsAskedForInEKuipersForm() throws Exception {
        server.post("/rules", "{\"id\":\"r7\",\"sql\":\"SELECT * FROM demo\",\"actions\":[{\"log\":{}}]}");
        String path = "/rules/r7/reset_state";

        assertThat(server.send("PUT", path, "{\"type\":1,\"params\":{\"streamName\":\"x\",\"input\":{\"a\":7}}}")
                        .body())
                .contains("does not read 'x' {a=7}");
        assertThat(server.send("PUT", path, "{\"type\":2}").body()).contains("'type' must be 1");
        assertThat(server.send("PUT", path, "{\"type\":1,\"params\":{}}").body())
                .contains("'params' must have 'streamName'");
    }
}
