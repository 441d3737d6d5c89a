package io.varuna.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TrialRoutesTest {
    @RegisterExtension
    private final RestServer server = new RestServer();

    @Test
    void resultsAreShownFromTheStartToTheEnd() throws Exception {
        HttpResponse<String> created = server.post("/ruletest", "{\"id\":\"t1\",\"sql\":\"SELECT * FROM demo\"}");
        assertThat(created.statusCode()).isEqualTo(200);
        assertThat(created.body()).isEqualTo("{\"id\":\"t1\",\"port\":" + server.port() + "}");
        HttpResponse<InputStream> events = server.open("GET", "/test/t1", "");

        assertThat(server.post("/ruletest/t1/start", "").body()).isEqualTo("Test rule t1 was started");
        BufferedReader lines = new BufferedReader(new InputStreamReader(events.body(), StandardCharsets.UTF_8));
        assertThat(lines.readLine()).isEqualTo("data: [{\"temperature\":21.5}]");

        assertThat(server.send("DELETE", "/ruletest/t1", "").body()).isEqualTo("Test rule t1 was stopped.");
        assertThat(lines.lines()).allSatisfy(line -> assertThat(line).isIn("", ":"));
    }

    @Test
    void unknownTrialIsNotFound() throws Exception {
        assertThat(server.get("/test/none").statusCode()).isEqualTo(404);
        assertThat(server.post("/ruletest/none/start", "").statusCode()).isEqualTo(404);
        assertThat(server.send("DELETE", "/ruletest/none", "").statusCode()).isEqualTo(404);
    }
}
