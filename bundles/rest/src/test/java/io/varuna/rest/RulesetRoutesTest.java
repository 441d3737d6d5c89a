package io.varuna.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class RulesetRoutesTest {
    private static final String DOCUMENT = "{\"streams\":{\"demo\":\"CREATE ...\"},\"tables\":{},\"rules\":{}}";

    @RegisterExtension
    private final RestServer server = new RestServer();

    @Test
    void exportIsAFile() throws Exception {
        HttpResponse<String> answer = server.post("/ruleset/export", "");

        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/octet-stream");
        assertThat(answer.headers().firstValue("Content-Disposition"))
                .hasValue("attachment; filename=\"varuna_export.json\"");
        assertThat(answer.body()).isEqualTo("{\"streams\":{},\"tables\":{},\"rules\":{}}");
    }

    @Test
    void importCountsWhatItTook() throws Exception {
        assertThat(server.post("/ruleset/import", Json.write(Map.of("content", DOCUMENT)))
                        .body())
                .isEqualTo("imported 1 streams, 0 tables and 0 rules");
    }

    @Test
    void importReadsFiles(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("rules.json"), DOCUMENT);

        assertThat(server.post("/ruleset/import", "{\"file\":\"" + file.toUri() + "\"}")
                        .body())
                .isEqualTo("imported 1 streams, 0 tables and 0 rules");
        assertThat(server.post(
                                "/ruleset/import",
                                "{\"file\":\"" + directory.resolve("none").toUri() + "\"}")
                        .body())
                .startsWith("{\"error\":1003,\"message\":\"There is no file '");
    }

    @Test
    void documentLargerThanABodyMayBeIsRefused(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("large.json"), " ".repeat(RestServer.BODY_LIMIT + 1));

        assertThat(server.post("/ruleset/import", "{\"file\":\"" + file.toUri() + "\"}")
                        .body())
                .contains("is larger than " + RestServer.BODY_LIMIT + " bytes");
    }

    @Test
    void refusedPartsAreNamed() throws Exception {
        HttpResponse<String> answer =
                server.post("/ruleset/import", Json.write(Map.of("content", DOCUMENT.replace("demo", "dmo"))));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body())
                .isEqualTo("{\"error\":4000,\"message\":\"The rest was imported, but not\\n"
                        + "'ruleTest': There is no stream 'dmo'.\"}");
    }

    @Test
    void eitherContentOrFileIsNeeded() throws Exception {
        assertThat(server.post("/ruleset/import", "{}").body())
                .isEqualTo("{\"error\":1001,\"message\":\"The body needs either 'content', the document as a text,"
                        + " or 'file', its address. It takes: content, file.\"}");
    }
}
