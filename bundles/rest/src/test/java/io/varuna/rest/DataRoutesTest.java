package io.varuna.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DataRoutesTest {
    @RegisterExtension
    private final RestServer server = new RestServer();

    @Test
    void exportHidesSecretsUnlessTheyAreAskedFor() throws Exception {
        assertThat(server.get("/data/export").body()).contains("******").doesNotContain("secret");
        assertThat(server.get("/data/export?secrets=true").body()).contains("secret");
        assertThat(server.post("/data/export?secrets=true", "[\"ruleTest\"]").body())
                .contains("secret");
        assertThat(server.post("/data/export", "[\"gone\"]").body()).contains("There is no rule 'gone'.");
    }

    @Test
    void documentTakesThePlaceOfAllOrIsAdded() throws Exception {
        HttpResponse<String> answer = load("", "{\"rules\":{}}");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).startsWith("{\"ErrorMsg\":\"\",");
        assertThat(server.data.imported()).isEqualTo("all {\"rules\":{}}");
        assertThat(load("?partial=1", "{\"rules\":{}}").statusCode()).isEqualTo(200);
        assertThat(server.data.imported()).isEqualTo("added {\"rules\":{}}");
    }

    @Test
    void whatIsRefusedIsAnsweredAndShownAgain() throws Exception {
        HttpResponse<String> answer = load("", "{\"rules\":{\"ruleTest\":\"dmo\"}}");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("Nothing was imported").contains("There is no stream 'dmo'.");
        assertThat(server.get("/data/import/status").body()).contains("There is no stream 'dmo'.");
        assertThat(load("?partial=true", "{\"rules\":{\"ruleTest\":\"dmo\"}}").body())
                .contains("the rest was");
    }

    private HttpResponse<String> load(String query, String document) throws Exception {
        return server.post("/data/import" + query, Json.write(Map.of("content", document)));
    }
}
