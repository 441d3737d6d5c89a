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
    }

    @Test
    void whatWasExportedIsImported() throws Exception {
        server.post("/config/uploads", "{\"name\":\"a.txt\",\"content\":\"text\"}");
        server.uploads.add("b.txt", "more");
        String document = server.get("/data/export?secrets=true").body();
        server.send("DELETE", "/config/uploads/a.txt", "");
        server.send("PUT", "/metadata/sinks/rest/confKeys/other", "{\"url\":\"http://x\"}");

        HttpResponse<String> answer = load("", document);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).startsWith("{\"ErrorMsg\":\"\",");
        assertThat(server.uploads.contents()).containsOnlyKeys("a.txt", "b.txt");
        assertThat(server.get("/metadata/sinks/rest/confKeys/other").statusCode())
                .isEqualTo(404);
        assertThat(server.get("/data/export?secrets=true").body()).isEqualTo(document);
    }

    @Test
    void partialImportLeavesTheRest() throws Exception {
        server.uploads.add("b.txt", "more");

        HttpResponse<String> answer =
                load("?partial=1", "{\"uploads\":{\"a.txt\":\"{\\\"content\\\":\\\"text\\\"}\"}}");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(server.uploads.contents()).containsOnlyKeys("a.txt", "b.txt");
    }

    @Test
    void failingFullImportLeavesEverythingAsItWas() throws Exception {
        server.uploads.add("b.txt", "more");
        String before = server.get("/data/export?secrets=true").body();

        HttpResponse<String> answer = load(
                "", "{\"streams\":{\"demo\":\"CREATE STREAM dmo\"},\"uploads\":{\"a.txt\":{\"content\":\"text\"}}}");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("Nothing was imported").contains("There is no stream 'dmo'.");
        assertThat(server.get("/data/export?secrets=true").body()).isEqualTo(before);
        assertThat(server.get("/data/import/status").body()).contains("There is no stream 'dmo'.");
    }

    @Test
    void documentOfAnotherFormIsRefusedBeforeAnything() throws Exception {
        server.uploads.add("b.txt", "more");

        assertThat(load("", "{\"uploads\":{},\"strems\":{}}").body()).contains("unknown member 'strems'");
        assertThat(load("", "{\"uploads\":{\"a\":\"{}\"}}").body()).contains("needs 'content', a text, or 'base64'");
        assertThat(load("", "{\"scripts\":{\"f\":\"{}\"}}").body()).contains("'scripts' has entries");
        assertThat(server.uploads.contents()).containsOnlyKeys("b.txt");
    }

    private HttpResponse<String> load(String query, String document) throws Exception {
        return server.post("/data/import" + query, Json.write(Map.of("content", document)));
    }
}
