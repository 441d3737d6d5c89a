package io.varuna.plugin.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.varuna.api.connection.ConnectionFactory;
import io.varuna.api.source.SourceFactory;
import io.varuna.testkit.Json;
import io.varuna.testkit.SourceContract;
import io.varuna.testkit.SourceRun;
import io.varuna.testkit.TestContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HttpPushSourceTest extends SourceContract {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final int port;

    HttpPushSourceTest() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            this.port = socket.getLocalPort();
        }
    }

    @Override
    protected SourceFactory<?> factory() {
        return new HttpPushSource();
    }

    @Override
    protected ConnectionFactory<?, ?> connection() {
        return new PushServerFactory();
    }

    @Override
    protected Map<String, Object> properties() {
        return new HashMap<>(Map.of("port", port, "maxBodySize", 1_000));
    }

    @Override
    protected String dataSource() {
        return "/in";
    }

    @Override
    protected boolean mayOutlive(Thread thread) {
        // of the client of this test
        return thread.getName().startsWith("HttpClient-");
    }

    @Override
    protected void create() {}

    @Override
    protected void provide(List<Map<String, Object>> records) throws Exception {
        for (Map<String, Object> record : records) {
            post("/in", Json.write(record));
        }
    }

    private HttpResponse<String> send(String method, String path, String body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return send("POST", path, body);
    }

    @Test
    void otherRequestsAreRefused() throws Exception {
        TestContext context = TestContext.builder()
                .properties(properties())
                .connection(connection())
                .dataSource("/in")
                .build();
        try (context;
                SourceRun run = SourceRun.start(factory(), context)) {
            assertThat(post("/in", "{}").body()).isEqualTo("ok");
            assertThat(post("/elsewhere", "{}").statusCode()).isEqualTo(404);
            HttpResponse<String> put = send("PUT", "/in", "{}");
            assertThat(put.statusCode()).isEqualTo(405);
            assertThat(put.headers().firstValue("Allow")).hasValue("POST");
            assertThat(post("/in", " ".repeat(1_001)).statusCode()).isEqualTo(413);
            assertThat(run.output().flushed()).hasSize(1);
        }
    }
}
