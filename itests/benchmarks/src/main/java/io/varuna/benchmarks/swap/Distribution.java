package io.varuna.benchmarks.swap;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The distribution as a user has it: unpacked, started by its script with ports of its own, spoken to by REST. */
final class Distribution implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(90);
    private static final long LOOK_EVERY_MILLIS = 100;

    private final Path home;
    private final Process process;
    private final URI address;
    private final HttpClient client = HttpClient.newHttpClient();

    private Distribution(Path home, Process process, int port) {
        this.home = home;
        this.process = process;
        this.address = URI.create("http://localhost:" + port);
    }

    /** Unpacks an archive into an empty directory, and starts what is in it with options of Java. */
    static Distribution start(Path archive, Path home, String javaOptions) throws IOException, InterruptedException {
        Files.createDirectories(home);
        Process unpacking = new ProcessBuilder(
                        "tar", "-xzf", archive.toString(), "-C", home.toString(), "--strip-components=1")
                .inheritIO()
                .start();
        if (unpacking.waitFor() != 0) {
            throw new IOException(archive + " cannot be unpacked");
        }
        int port = freePort();
        ProcessBuilder builder = new ProcessBuilder(home.resolve("bin/varuna").toString(), "server");
        builder.environment().put("VARUNA_PORT", String.valueOf(port));
        builder.environment().put("JAVA_OPTS", javaOptions);
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        builder.redirectErrorStream(true);
        builder.redirectOutput(home.resolve("console.log").toFile());
        Distribution started = new Distribution(home, builder.start(), port);
        started.awaitAnswer();
        return started;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void awaitAnswer() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (!answers()) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                close();
                throw new IOException("The container does not answer. See " + home);
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
        }
    }

    private boolean answers() throws InterruptedException {
        try {
            return request("GET", "/ping", "").statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** Sends a request; returns what it is answered with. */
    String send(String method, String path, String body) throws IOException, InterruptedException {
        HttpResponse<String> response = request(method, path, body);
        if (response.statusCode() >= 300) {
            throw new IOException(method + " " + path + ": " + response.body());
        }
        return response.body();
    }

    private HttpResponse<String> request(String method, String path, String body)
            throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(address.resolve(path))
                        .timeout(START_LIMIT)
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    Path home() {
        return home;
    }

    long pid() {
        return process.pid();
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
