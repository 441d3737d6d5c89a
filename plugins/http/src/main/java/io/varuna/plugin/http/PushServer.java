package io.varuna.plugin.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A small HTTP server to which records are posted; shared by all streams that name the same address. */
final class PushServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PushServer.class);
    private static final int THREADS = 4;

    private final Map<String, List<Endpoint>> endpoints = new ConcurrentHashMap<>();
    private final HttpServer server;
    private final ExecutorService threads;
    private final int maxBodySize;

    /** A stream that takes what is posted to its path. */
    interface Endpoint {
        String method();

        /** Takes a body; returns when the rules have it. */
        void take(byte[] body) throws InterruptedException;
    }

    PushServer(String host, int port, int maxBodySize) throws IOException {
        this.maxBodySize = maxBodySize;
        this.server = HttpServer.create(new InetSocketAddress(host, port), 0);
        AtomicInteger number = new AtomicInteger();
        this.threads = Executors.newFixedThreadPool(THREADS, task -> {
            Thread thread = new Thread(task, "varuna-httppush-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    void add(String path, Endpoint endpoint) {
        endpoints.computeIfAbsent(path, key -> new CopyOnWriteArrayList<>()).add(endpoint);
    }

    void remove(String path, Endpoint endpoint) {
        endpoints.computeIfPresent(path, (key, list) -> {
            list.remove(endpoint);
            return list.isEmpty() ? null : list;
        });
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (isFromAnotherSite(exchange)) {
                answer(exchange, 403, "Pages of other sites may not send records here");
                return;
            }
            List<Endpoint> takers =
                    endpoints.getOrDefault(exchange.getRequestURI().getPath(), List.of());
            if (takers.isEmpty()) {
                answer(
                        exchange,
                        404,
                        "No stream reads '" + exchange.getRequestURI().getPath() + "'");
                return;
            }
            List<Endpoint> asked = takers.stream()
                    .filter(taker -> taker.method().equalsIgnoreCase(exchange.getRequestMethod()))
                    .toList();
            if (asked.isEmpty()) {
                exchange.getResponseHeaders().set("Allow", takers.get(0).method());
                answer(exchange, 405, "This path takes " + takers.get(0).method());
                return;
            }
            byte[] body = body(exchange);
            if (body.length > maxBodySize) {
                answer(exchange, 413, "A body of at most " + maxBodySize + " bytes is taken");
                return;
            }
            for (Endpoint taker : asked) {
                taker.take(body);
            }
            answer(exchange, 200, "ok");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            answer(exchange, 503, "The server is being closed");
        } catch (RuntimeException e) {
            LOG.warn("A record that was posted to {} could not be taken", exchange.getRequestURI(), e);
            answer(exchange, 500, "The record could not be taken");
        }
    }

    /** A browser on this machine reaches what listens on this machine only, and sends what any page tells it to. */
    private static boolean isFromAnotherSite(HttpExchange exchange) {
        String origin = exchange.getRequestHeaders().getFirst("Origin");
        String host = exchange.getRequestHeaders().getFirst("Host");
        return origin != null && !origin.equals("http://" + host) && !origin.equals("https://" + host);
    }

    /** Returns the body, cut one byte after the most that is taken. */
    private byte[] body(HttpExchange exchange) throws IOException {
        try (InputStream in = exchange.getRequestBody()) {
            return in.readNBytes(maxBodySize + 1);
        }
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
