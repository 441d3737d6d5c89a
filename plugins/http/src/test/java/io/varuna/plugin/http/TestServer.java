package io.varuna.plugin.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** A server on a port of its own, which it keeps when it is stopped and started again. */
abstract class TestServer implements AutoCloseable {
    private final int port;
    private HttpServer server;

    TestServer() throws IOException {
        this.server = listen(0);
        this.port = server.getAddress().getPort();
        server.start();
    }

    private HttpServer listen(int onPort) throws IOException {
        HttpServer listening = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), onPort), 0);
        listening.createContext("/", exchange -> {
            synchronized (this) {
                handle(exchange);
            }
        });
        return listening;
    }

    /** Answers a request, one at a time, under the lock of the server. */
    abstract void handle(HttpExchange exchange) throws IOException;

    static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    final String address() {
        return "http://localhost:" + port;
    }

    final void stop() {
        server.stop(0);
    }

    final void start() throws IOException {
        server = listen(port);
        server.start();
    }

    @Override
    public final void close() {
        server.stop(0);
    }
}
