package io.varuna.plugin.http;

import com.sun.net.httpserver.HttpExchange;
import io.varuna.testkit.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A server that hands out records once, and keeps those that it is sent. */
final class RecordServer extends TestServer {
    private final List<Map<String, Object>> pending = new ArrayList<>();
    private final List<Map<String, Object>> received = new ArrayList<>();
    private final List<String> requests = new ArrayList<>();

    RecordServer() throws IOException {
        super();
    }

    @Override
    void handle(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                + exchange.getRequestHeaders().getFirst("Content-Type") + " "
                + exchange.getRequestHeaders().getFirst("X-Key"));
        int status = 200;
        String answer = "";
        if (exchange.getRequestURI().getPath().startsWith("/records")) {
            answer = Json.write(List.copyOf(pending));
            pending.clear();
        } else if (new String(body, StandardCharsets.UTF_8).contains("refuse me")) {
            status = 422;
            answer = "no";
        } else {
            received.addAll(Json.readRecords(ByteBuffer.wrap(body)));
        }
        // a connection that is used again may be found closed, and the client then asks again for what was handed out
        exchange.getResponseHeaders().set("Connection", "close");
        answer(exchange, status, answer);
    }

    synchronized void provide(List<Map<String, Object>> records) {
        pending.addAll(records);
    }

    synchronized List<Map<String, Object>> received() {
        return List.copyOf(received);
    }

    synchronized List<String> requests() {
        return List.copyOf(requests);
    }

    synchronized void clear() {
        pending.clear();
        received.clear();
        requests.clear();
    }
}
