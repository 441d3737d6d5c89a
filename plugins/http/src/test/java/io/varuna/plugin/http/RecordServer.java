package io.varuna.plugin.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.varuna.testkit.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A server that hands out records once, and keeps those that it is sent. */
final class RecordServer implements AutoCloseable {
    private final List<Map<String, Object>> pending = new ArrayList<>();
    private final List<Map<String, Object>> received = new ArrayList<>();
    private final List<String> requests = new ArrayList<>();
    private final int port;
    private HttpServer server;

    RecordServer() throws IOException {
        this.server = listen(0);
        this.port = server.getAddress().getPort();
    }

    private HttpServer listen(int onPort) throws IOException {
        HttpServer listening = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), onPort), 0);
        listening.createContext("/", this::handle);
        listening.start();
        return listening;
    }

    private synchronized void handle(HttpExchange exchange) throws IOException {
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
        byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
        // a connection that is used again may be found closed, and the client then asks again for what was handed out
        exchange.getResponseHeaders().set("Connection", "close");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    String address() {
        return "http://localhost:" + port;
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

    void stop() {
        server.stop(0);
    }

    void start() throws IOException {
        server = listen(port);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
