package io.varuna.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BadRequestTest {
    @RegisterExtension
    private final RestServer server = new RestServer();

    @Test
    void unknownPathIsNotFound() throws Exception {
        HttpResponse<String> answer = server.get("/rulez");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(answer.body())
                .isEqualTo("{\"error\":1002,\"message\":\"There is no '/rulez'."
                        + " See what there is with GET '/openapi.json'.\"}");
    }

    @Test
    void otherMethodIsAnsweredWithTheRightOnes() throws Exception {
        HttpResponse<String> answer = server.send("DELETE", "/rules", "");

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).hasValue("GET, HEAD, OPTIONS, POST");
        assertThat(answer.body())
                .isEqualTo("{\"error\":1001,\"message\":\"'/rules' does not take DELETE."
                        + " It takes: GET, HEAD, OPTIONS, POST.\"}");
    }

    @Test
    void optionsTellsTheMethods() throws Exception {
        HttpResponse<String> answer = server.send("OPTIONS", "/rules", "");

        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(answer.headers().firstValue("Allow")).hasValue("GET, HEAD, OPTIONS, POST");
    }

    @Test
    void headHasNoBody() throws Exception {
        HttpResponse<String> answer = server.send("HEAD", "/rules", "");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void brokenJsonIsAnsweredWithItsPlace() throws Exception {
        HttpResponse<String> answer = server.post("/streams", "{\n  \"sql\": oops\n}");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body())
                .startsWith("{\"error\":1001,\"message\":\"The body is not valid JSON: Unrecognized token 'oops'")
                .contains("(line 2, column ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "17", "\"text\"", "null"})
    void bodyThatIsNoObjectIsRefused(String body) throws Exception {
        assertThat(server.post("/streams", body).body())
                .isEqualTo("{\"error\":1001,\"message\":\"The body must be a JSON object.\"}");
    }

    @Test
    void emptyBodyIsRefused() throws Exception {
        assertThat(server.post("/streams", "").body())
                .isEqualTo("{\"error\":1001,\"message\":\"The body is empty; it must be a JSON object.\"}");
    }

    @Test
    void textAfterTheObjectIsRefused() throws Exception {
        assertThat(server.post("/streams", "{} {}").body())
                .contains("The body goes on after the end of the JSON object (line 1, column ");
    }

    @Test
    void sameMemberTwiceIsRefused() throws Exception {
        assertThat(server.post("/streams", "{\"sql\":\"a\",\"sql\":\"b\"}").statusCode())
                .isEqualTo(400);
    }

    @Test
    void membersAreNamedIfOneIsUnknownMissingOrOfAnotherType() throws Exception {
        assertThat(server.post("/streams", "{\"sqll\":\"a\"}").body())
                .isEqualTo("{\"error\":1001,\"message\":\"The body has an unknown member 'sqll'. It takes: sql.\"}");
        assertThat(server.post("/streams", "{}").body())
                .isEqualTo("{\"error\":1001,\"message\":\"The body needs 'sql', a text. It takes: sql.\"}");
        assertThat(server.post("/streams", "{\"sql\":1}").body())
                .isEqualTo("{\"error\":1001,\"message\":\"'sql' must be a text, but is 1. It takes: sql.\"}");
        assertThat(server.post("/rules/bulkstart", "{\"tags\":\"a\"}").body())
                .contains("'tags' must be a list of texts, but is \\\"a\\\"");
        assertThat(server.post("/rules/bulkstart", "{\"tags\":[1]}").body())
                .contains("'tags' must be a list of texts, but has 1 in it");
    }

    @Test
    void deeplyNestedBodyIsRefused() throws Exception {
        String nested = "[".repeat(4000) + "]".repeat(4000);

        assertThat(server.post("/streams", "{\"sql\":" + nested + "}").statusCode())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "application/json; charset=UTF-8", "application/x-www-form-urlencoded"})
    void typesThatClientsSendForJsonAreTaken(String type) throws Exception {
        HttpResponse<String> answer =
                server.send("POST", "/streams", "{\"sql\":\"SHOW STREAMS\"}", "Content-Type", type);

        assertThat(answer.statusCode()).isEqualTo(201);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/xml", "multipart/form-data; boundary=x", "application/json; charset=utf-16"})
    void otherTypesAreRefused(String type) throws Exception {
        HttpResponse<String> answer = server.send("POST", "/streams", "{}", "Content-Type", type);

        assertThat(answer.statusCode()).isEqualTo(415);
        assertThat(answer.body()).startsWith("{\"error\":1001,");
    }

    @Test
    void bytesThatAreNoUtf8AreRefused() throws Exception {
        String answer = server.raw("POST /streams HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n2\r\n\u00e9\r\n0\r\n\r\n");
        assertThat(answer).contains("is not valid JSON");
    }

    @Test
    void hugeBodyIsRefusedWithoutReadingIt() throws Exception {
        // the server answers before a byte of the body is there
        String answer = server.raw("POST /rules HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000000\r\n\r\n");

        assertThat(answer)
                .startsWith("HTTP/1.1 413 ")
                .contains("Connection: close")
                .contains("The body is larger than 10000 bytes");
    }

    @Test
    void hugeBodyOfUnknownLengthIsReadToTheLimitOnly() throws Exception {
        String chunk = "2000\r\n" + " ".repeat(0x2000) + "\r\n";

        String answer = server.raw(
                "POST /rules HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk + chunk);

        assertThat(answer).startsWith("HTTP/1.1 413 ");
    }

    @Test
    void bodyAtTheLimitIsTaken() throws Exception {
        String statement = "{\"sql\":\"SHOW STREAMS\"}";

        assertThat(server.post("/streams", statement + " ".repeat(RestServer.BODY_LIMIT - statement.length()))
                        .statusCode())
                .isEqualTo(201);
        assertThat(server.post("/streams", statement + " ".repeat(RestServer.BODY_LIMIT - statement.length() + 1))
                        .statusCode())
                .isEqualTo(413);
    }

    @Test
    void errorOfOursIsAnsweredWithAnIdAndWithoutDetails() throws Exception {
        server.rules.create("{\"id\":\"bug\",\"sql\":\"SELECT * FROM demo\"}");

        HttpResponse<String> answer = server.post("/ruleset/export", "");

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body())
                .matches("\\{\"error\":1000,\"message\":\"This is an error in Varuna itself\\."
                        + " The log has the details under '[0-9a-f]{8}'\\.\"}");
    }

    @Test
    void brokenEscapeInTheQueryIsRefused() throws Exception {
        String answer =
                server.raw("DELETE /streams/a?force=%zz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 400 ");
    }

    @Test
    void limitOfBodiesThatCannotBeMeantShutsNobodyOut() {
        assertThat(RestServlet.usable(-1)).isEqualTo(1_024);
        assertThat(RestServlet.usable(1_000_000)).isEqualTo(1_000_000);
        assertThat(RestServlet.usable(Integer.MAX_VALUE)).isEqualTo(Integer.MAX_VALUE - 1);
    }
}
