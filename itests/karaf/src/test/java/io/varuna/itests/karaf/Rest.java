package io.varuna.itests.karaf;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** The REST interface of a container. */
final class Rest {
    private final int port;
    private final URI base;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    Rest(int port) {
        this.port = port;
        this.base = URI.create("http://localhost:" + port);
    }

    int port() {
        return port;
    }

    /** An answer. */
    record Answer(int status, String contentType, String body) {
        Map<String, Object> json() {
            try {
                return JSON.std.mapFrom(body);
            } catch (IOException e) {
                throw new UncheckedIOException(body, e);
            }
        }
    }

    boolean answers() {
        try {
            return get("/ping").status() == 200;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    Answer get(String path) {
        return send("GET", path, "");
    }

    Answer post(String path, String body) {
        return send("POST", path, body);
    }

    Answer put(String path, String body) {
        return send("PUT", path, body);
    }

    Answer delete(String path) {
        return send("DELETE", path, "");
    }

    /** Sends a file as the body of a POST request. */
    Answer upload(String path, Path file) throws IOException {
        return send("POST", path, HttpRequest.BodyPublishers.ofFile(file));
    }

    Answer send(String method, String path, String body) {
        return send(method, path, HttpRequest.BodyPublishers.ofString(body));
    }

    private Answer send(String method, String path, HttpRequest.BodyPublisher body) {
        HttpRequest request = HttpRequest.newBuilder(base.resolve(path))
                .timeout(Duration.ofSeconds(60))
                .method(method, body)
                .build();
        try {
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            return new Answer(
                    response.statusCode(),
                    response.headers().firstValue("content-type").orElse(""),
                    response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    void createStream(String statement) {
        create("/streams", statement);
    }

    void createTable(String statement) {
        create("/tables", statement);
    }

    private void create(String path, String statement) {
        Answer answer = post(path, json(Map.of("sql", statement)));
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    }

    void createRule(String json) {
        Answer answer = post("/rules", json);
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    }

    /** Returns the state of a rule and, after a colon, why it is in it. */
    String state(String rule) {
        Map<String, Object> status = status(rule);
        return status.get("status") + ": " + status.getOrDefault("message", "");
    }

    Map<String, Object> status(String rule) {
        Answer answer = get("/rules/" + rule + "/status");
        return answer.status() == 200 ? answer.json() : Map.of("status", "HTTP " + answer.status());
    }

    /** Returns one of the figures of a rule, 0 where it is not there. */
    long figure(String rule, String name) {
        Object value = status(rule).get(name);
        return value instanceof Number number ? number.longValue() : 0;
    }

    static String json(Map<String, ?> object) {
        try {
            return JSON.std.asString(new LinkedHashMap<>(object));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
