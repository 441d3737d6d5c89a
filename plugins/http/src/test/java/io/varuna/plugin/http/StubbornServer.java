package io.varuna.plugin.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server whose answers have no end: under {@code /endless} they go on, under {@code /silent} they stop within. */
final class StubbornServer implements AutoCloseable {
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final HttpServer server;

    StubbornServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/endless", this::goOn);
        server.createContext("/silent", this::stop);
        server.start();
    }

    String address() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    private void goOn(HttpExchange exchange) throws IOException {
        byte[] part = new byte[16 * 1024];
        OutputStream out = begin(exchange);
        while (closing.getCount() > 0) {
            out.write(part);
        }
    }

    private void stop(HttpExchange exchange) throws IOException {
        OutputStream out = begin(exchange);
        out.write('{');
        out.flush();
        try {
            closing.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static OutputStream begin(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        exchange.sendResponseHeaders(exchange.getRequestMethod().equals("GET") ? 200 : 500, 0);
        return exchange.getResponseBody();
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
