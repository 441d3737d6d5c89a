package io.varuna.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class UploadRoutesTest {
    @RegisterExtension
    private final RestServer server = new RestServer();

    @Test
    void fileOfAFormIsKept() throws Exception {
        HttpResponse<String> answer = form("uploadFile", "ca.pem", "---\r\n".repeat(5_000));

        assertThat(answer.body()).endsWith("/uploads/ca.pem");
        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(server.uploads.contents()).containsEntry("ca.pem", "---\r\n".repeat(5_000));
    }

    @Test
    void formWithoutTheFileIsRefused() throws Exception {
        HttpResponse<String> answer = form("file", "ca.pem", "a");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("The form needs a file under the name 'uploadFile'");
        assertThat(server.send("POST", "/config/uploads", "x", "Content-Type", "multipart/form-data")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void formThatIsTooLargeIsRefusedUnread() throws Exception {
        String answer = server.raw("POST /config/uploads HTTP/1.1\r\nHost: localhost\r\n"
                + "Content-Type: multipart/form-data; boundary=x\r\nContent-Length: 100000000\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 413 ").contains("50000 bytes that a file may have");
    }

    @Test
    void fileCanBeTextOrAnAddress(@TempDir Path directory) throws Exception {
        Path source = Files.writeString(directory.resolve("any"), "from a file");

        server.post("/config/uploads", "{\"name\":\"a.txt\",\"content\":\"as a text\"}");
        server.post("/config/uploads", "{\"name\":\"b.txt\",\"file\":\"" + source.toUri() + "\"}");

        assertThat(server.uploads.contents())
                .containsEntry("a.txt", "as a text")
                .containsEntry("b.txt", "from a file");
        assertThat(server.post("/config/uploads", "{\"name\":\"c\"}").body())
                .contains("needs either 'content', the file as a text, or 'file', its address");
    }

    private HttpResponse<String> form(String part, String name, String content) throws Exception {
        String body = "--x\r\nContent-Disposition: form-data; name=\"" + part + "\"; filename=\"" + name + "\"\r\n"
                + "Content-Type: application/octet-stream\r\n\r\n" + content + "\r\n--x--\r\n";
        return server.send("POST", "/config/uploads", body, "Content-Type", "multipart/form-data; boundary=x");
    }
}
