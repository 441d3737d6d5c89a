package io.varuna.itests.karaf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.jr.ob.JSON;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Messages of a broker, completed by asking a server for each of them, and sent to that server. */
class HttpLookupIT {
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<String> sent = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private Broker broker;
    private Container container;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/rooms/", this::answer);
        server.createContext("/results", this::take);
        server.start();
        broker = new Broker("http-lookup");
        container = Container.start("http-lookup");
    }

    @AfterEach
    void stop() {
        container.close();
        broker.close();
        server.stop(0);
    }

    /** Knows 'room 0' and 'room 1'; answers a list, compressed, without the id that it was asked for. */
    private void answer(HttpExchange exchange) throws IOException {
        asked.add(exchange.getRequestURI().toString());
        String id = exchange.getRequestURI().getPath().substring("/rooms/".length());
        boolean known = List.of("room 0", "room 1").contains(id);
        exchange.sendResponseHeaders(known ? 200 : 404, known ? 0 : -1);
        if (known) {
            try (OutputStream out = new GZIPOutputStream(exchange.getResponseBody())) {
                out.write(JSON.std
                        .asString(List.of(Map.of("name", "name of " + id)))
                        .getBytes(StandardCharsets.UTF_8));
            }
        }
        exchange.close();
    }

    private void take(HttpExchange exchange) throws IOException {
        sent.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }

    private String address() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    @Test
    void eachRowIsCompletedByAnAnswer() {
        Rest rest = container.rest();
        rest.createStream("CREATE STREAM demo (id BIGINT, room STRING) WITH (DATASOURCE=\"demo\", TYPE=\"mqtt\","
                + " EXTRA=\"{\\\"server\\\": \\\"" + broker.address() + "\\\"}\")");
        rest.createStream("CREATE TABLE rooms (id STRING, name STRING) WITH (DATASOURCE=\"/rooms/{{.id}}\","
                + " TYPE=\"httppull\", KIND=\"lookup\", EXTRA=\"{\\\"url\\\": \\\"" + address()
                + "\\\", \\\"decompression\\\": \\\"gzip\\\", \\\"lookup\\\": {\\\"cache\\\": true}}\")");
        rest.createRule("{\"id\": \"lookup\", \"sql\": \"SELECT demo.id, name FROM demo LEFT JOIN rooms"
                + " ON demo.room = rooms.id\", \"actions\": [{\"rest\": {\"url\": \"" + address()
                + "/results\", \"method\": \"post\", \"sendSingle\": true}}]}");
        await().atMost(LIMIT).until(() -> rest.figure("lookup", "source_demo_0_connection_status") == 1);
        try (Publisher publisher = new Publisher(broker.address())) {
            publisher.publish("demo", 0, 9, i -> "{\"id\": " + i + ", \"room\": \"room " + i % 3 + "\"}");
        }

        await().atMost(LIMIT).untilAsserted(() -> assertThat(sent)
                .as(() -> rest.status("lookup").toString())
                .hasSize(9));
        assertThat(sent)
                .containsExactlyElementsOf(IntStream.range(0, 9)
                        .mapToObj(i -> i % 3 == 2
                                ? "{\"id\":" + i + "}"
                                : "{\"id\":" + i + ",\"name\":\"name of room " + i % 3 + "\"}")
                        .toList());
        // what is not there is not kept
        assertThat(asked)
                .containsExactly(
                        "/rooms/room%200", "/rooms/room%201", "/rooms/room%202", "/rooms/room%202", "/rooms/room%202");
        assertThat(rest.get("/plugins/lookups/httppull").status()).isEqualTo(200);
    }
}
