package io.varuna.plugin.http;

import com.sun.net.httpserver.HttpExchange;
import io.varuna.testkit.Json;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A server with the rows of a table: all of them under {@code /rooms}, one without its id under {@code /rooms/ID}. Under {@code
 * /status/N} it answers that status, under {@code /text/TEXT} that text.
 */
final class TableServer extends TestServer {
    private final List<Map<String, Object>> rows = new ArrayList<>();
    private final List<String> requests = new ArrayList<>();
    private final Set<InetSocketAddress> clients = new LinkedHashSet<>();

    TableServer() throws IOException {
        super();
    }

    @Override
    void handle(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String key = exchange.getRequestHeaders().getFirst("X-Key");
        requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + (body.isEmpty() ? "" : " " + body)
                + (key == null ? "" : " X-Key: " + key));
        clients.add(exchange.getRemoteAddress());
        String[] path = exchange.getRequestURI().getPath().split("/", 3);
        String rest = path.length > 2 ? path[2] : "";
        switch (path[1]) {
            case "status" -> answer(exchange, Integer.parseInt(rest), "");
            case "text" -> answer(exchange, 200, rest);
            default -> {
                if (rest.isEmpty()) {
                    answer(exchange, 200, Json.write(List.copyOf(rows)));
                } else {
                    answerOne(exchange, rest);
                }
            }
        }
    }

    private void answerOne(HttpExchange exchange, String id) throws IOException {
        for (Map<String, Object> row : rows) {
            if (id.equals(String.valueOf(row.get("id")))) {
                Map<String, Object> others = new LinkedHashMap<>(row);
                others.remove("id");
                answer(exchange, 200, Json.write(others));
                return;
            }
        }
        answer(exchange, 404, "no such room");
    }

    synchronized void provide(List<Map<String, Object>> more) {
        rows.addAll(more);
    }

    synchronized void clear() {
        rows.clear();
    }

    /** Returns what was asked: method, address, body and header. */
    synchronized List<String> requests() {
        return List.copyOf(requests);
    }

    /** Returns how many connections there were. */
    synchronized int connections() {
        return clients.size();
    }
}
