package io.varuna.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OutputRoutesTest {
    private RestServer server;

    @BeforeEach
    void start() throws Exception {
        server = new RestServer();
        server.post("/rules", "{\"id\":\"r1\",\"sql\":\"SELECT * FROM demo\",\"actions\":[{\"log\":{}}]}");
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    @Test
    void outputOfARuleIsShownAsItComes() throws Exception {
        HttpResponse<InputStream> answer = server.open("GET", "/rules/r1/tail", "");
        BufferedReader lines = reader(answer);

        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/event-stream;charset=utf-8");
        server.rules.emit("{\"a\":1}");
        assertThat(lines.readLine()).isEqualTo("data: {\"a\":1}");
        assertThat(lines.readLine()).isEmpty();
        server.rules.emit("{\n\"a\":2}");
        assertThat(lines.readLine()).isEqualTo("data: {");
        assertThat(lines.readLine()).isEqualTo("data: \"a\":2}");
    }

    @Test
    void clientThatLeavesIsForgotten() throws Exception {
        HttpResponse<InputStream> answer = server.open("GET", "/rules/r1/tail", "");
        assertThat(server.rules.listeners()).isEqualTo(1);

        answer.body().close();

        await().untilAsserted(() -> {
            server.rules.emit("{}");
            assertThat(server.rules.listeners()).isZero();
        });
    }

    @Test
    void headDoesNotFollow() throws Exception {
        assertThat(server.send("HEAD", "/rules/r1/tail", "").statusCode()).isEqualTo(200);
        assertThat(server.rules.listeners()).isZero();
    }

    @Test
    void clientTooManyIsTurnedAway() throws Exception {
        HttpResponse<InputStream> first = server.open("GET", "/rules/r1/tail", "");

        HttpResponse<String> second = server.get("/rules/r1/tail");

        assertThat(second.statusCode()).isEqualTo(503);
        assertThat(second.body()).contains("All 1 event streams are in use");
        first.body().close();
    }

    @Test
    void unknownRuleIsNotFound() throws Exception {
        assertThat(server.get("/rules/nothing/tail").statusCode()).isEqualTo(404);
        assertThat(server.get("/rules/nothing/tail").statusCode()).isEqualTo(404);
    }

    @Test
    void queryRunsUntilTheClientLeaves() throws Exception {
        HttpResponse<InputStream> answer = server.open("POST", "/query", "{\"sql\":\"SELECT a FROM demo\"}");

        server.rules.emit("{\"a\":1}");

        assertThat(reader(answer).readLine()).isEqualTo("data: {\"a\":1}");
        answer.body().close();
    }

    @Test
    void wrongQueryIsRefusedAtOnce() throws Exception {
        HttpResponse<String> answer = server.post("/query", "{\"sql\":\"DELETE\"}");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("Only a SELECT statement");
    }

    private static BufferedReader reader(HttpResponse<InputStream> answer) {
        return new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
    }
}
