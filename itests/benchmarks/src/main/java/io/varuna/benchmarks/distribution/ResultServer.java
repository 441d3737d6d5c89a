package io.varuna.benchmarks.distribution;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Takes the results that a rule sends by HTTP, and notes when they come. */
final class ResultServer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final LinkedBlockingQueue<Long> times = new LinkedBlockingQueue<>();
    private final HttpServer server;

    ResultServer() throws IOException {
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::take);
        server.start();
    }

    private void take(HttpExchange exchange) throws IOException {
        times.add(System.nanoTime());
        exchange.getRequestBody().readAllBytes();
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    /** Forgets what has come. */
    void clear() {
        times.clear();
    }

    /** Returns when the first result came since {@link #clear}, by the system's nano clock; waits for it. */
    long first() throws InterruptedException {
        Long first = times.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        if (first == null) {
            throw new IllegalStateException("No result within " + PATIENCE.toSeconds() + " s");
        }
        return first;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
