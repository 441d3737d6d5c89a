package io.varuna.plugin.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.varuna.api.connection.ConnectionFactory;
import io.varuna.testkit.ConnectionContract;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PushServerTest extends ConnectionContract<PushServer> {
    private final HttpClient client = HttpClient.newHttpClient();

    @Override
    protected ConnectionFactory<?, PushServer> factory() {
        return new PushServerFactory();
    }

    @Override
    protected Map<String, Object> properties() {
        return Map.of("port", 0);
    }

    @Override
    protected void use(PushServer server) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/nobody"))
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build();
        assertThat(client.send(request, HttpResponse.BodyHandlers.ofString()).body())
                .isEqualTo("No stream reads '/nobody'");
    }

    @Test
    void takesNothingFromPagesOfOtherSites() throws Exception {
        try (PushServer server = new PushServer("127.0.0.1", 0, 100)) {
            server.add("/in", new Sinkhole());
            String here = "127.0.0.1:" + server.port();

            assertThat(exchange(server, "Host: " + here + "\r\nOrigin: http://elsewhere.example"))
                    .startsWith("HTTP/1.1 403 ")
                    .endsWith("Pages of other sites may not send records here");
            assertThat(exchange(server, "Host: " + here + "\r\nOrigin: null")).startsWith("HTTP/1.1 403 ");
            assertThat(exchange(server, "Host: " + here + "\r\nOrigin: http://" + here))
                    .startsWith("HTTP/1.1 200 ");
            assertThat(exchange(server, "Host: " + here)).startsWith("HTTP/1.1 200 ");
        }
    }

    /** With the time for a request that the build sets for tests; that of the distribution is longer. */
    @Test
    void requestsThatStopHalfwayHoldUpOthersForATimeOnly() throws Exception {
        List<Socket> halves = new ArrayList<>();
        try (PushServer server = new PushServer("127.0.0.1", 0, 100)) {
            server.add("/in", new Sinkhole());
            for (int i = 0; i < 8; i++) {
                Socket half = new Socket(InetAddress.getLoopbackAddress(), server.port());
                halves.add(half);
                half.getOutputStream().write("POST /in HTTP/1.1\r\nContent-Length: 50\r\n\r\n{".getBytes(UTF_8));
            }

            await().ignoreExceptionsInstanceOf(IOException.class)
                    .atMost(Duration.ofMinutes(1))
                    .untilAsserted(() ->
                            assertThat(exchange(server, "Host: 127.0.0.1")).startsWith("HTTP/1.1 200 "));
        } finally {
            for (Socket half : halves) {
                half.close();
            }
        }
    }

    private static String exchange(PushServer server, String headers) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(30_000);
            String request = "POST /in HTTP/1.1\r\n" + headers + "\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}";
            socket.getOutputStream().write(request.getBytes(UTF_8));
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }

    private static final class Sinkhole implements PushServer.Endpoint {
        @Override
        public String method() {
            return "POST";
        }

        @Override
        public void take(byte[] body) {}
    }

    @Override
    protected boolean mayOutlive(Thread thread) {
        return thread.getName().startsWith("HttpClient-");
    }
}
