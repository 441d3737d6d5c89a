package io.varuna.benchmarks.distribution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The distribution that was built, with data, a store and a port of its own. It is started and stopped as users do it. */
final class Distribution implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int LOOK_MILLIS = 50;
    private static final double MEGABYTE = 1 << 20;

    private final HttpClient client = HttpClient.newHttpClient();
    private final Path home;
    private final Path directory;
    private final String address;
    private final ProcessBuilder builder;
    private Process process;

    private Distribution(Path home, Path directory, int port, ProcessBuilder builder) throws IOException {
        this.home = home;
        this.directory = directory;
        this.address = "http://127.0.0.1:" + port;
        this.builder = builder;
        this.process = builder.start();
    }

    /** Returns where the distribution is, seen from the root of the repository or from this module, if it was built. */
    static Optional<Path> built() {
        return Stream.of("", "../..")
                .map(root -> Path.of(root, "karaf-assembly/target/assembly"))
                .filter(home -> Files.isExecutable(home.resolve("bin/varuna")))
                .findFirst();
    }

    /**
     * Starts the distribution for the first time; returns when REST answers.
     *
     * @param profile value of {@code VARUNA_PROFILE}; empty for none
     * @param archive whether starts have an archive of classes; a copy of the distribution is then used
     */
    static Distribution start(String profile, boolean archive) throws IOException, InterruptedException {
        Path built = built().orElseThrow(() ->
                new IllegalStateException("The distribution is not built. Run: mvn package -pl karaf-assembly -am"));
        Path directory = Files.createTempDirectory("varuna-distribution");
        Path home = archive ? copyWithArchive(built, directory.resolve("home")) : built;
        int port = freePort();
        ProcessBuilder builder = new ProcessBuilder(
                        home.resolve("bin/varuna").toAbsolutePath().toString(), "server")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        directory.resolve("out").toFile()));
        Map<String, String> environment = builder.environment();
        prepare(environment);
        environment.put("VARUNA_PORT", Integer.toString(port));
        environment.put("VARUNA_DATA", directory.resolve("data").toString());
        environment.put("VARUNA_STORE", directory.resolve("store").toString());
        environment.put("VARUNA_PROFILE", profile);
        Distribution distribution = new Distribution(home, directory, port, builder);
        distribution.awaitAnswer();
        return distribution;
    }

    private static Path copyWithArchive(Path built, Path home) throws IOException, InterruptedException {
        try (Stream<Path> files = Files.walk(built)) {
            for (Path file : files.toList()) {
                Files.copy(file, home.resolve(built.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        ProcessBuilder builder = new ProcessBuilder(home.resolve("bin/varuna").toString(), "archive").inheritIO();
        prepare(builder.environment());
        if (builder.start().waitFor() != 0) {
            throw new IOException("There is no archive of the classes of '" + home + "'");
        }
        return home;
    }

    private static void prepare(Map<String, String> environment) {
        environment.remove("JAVA_OPTS");
        environment.remove("JAVA_TOOL_OPTIONS");
        environment.put("JAVA_HOME", System.getProperty("java.home"));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Returns when REST answers. */
    void awaitAnswer() throws IOException, InterruptedException {
        long start = System.nanoTime();
        while (!answers()) {
            if (!process.isAlive() || System.nanoTime() - start > PATIENCE.toNanos()) {
                throw new IOException("The distribution in '" + home + "' does not answer at " + address + ": "
                        + Files.readString(directory.resolve("out")));
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
    }

    private boolean answers() throws InterruptedException {
        try {
            return client.send(request("/ping").build(), HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(address + path)).timeout(PATIENCE);
    }

    /** Stops the process; what it has stored stays. */
    void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException("The distribution in '" + home + "' does not stop");
        }
    }

    /** Starts it anew with what is stored; returns at once, with the system's nano clock before. */
    long startAgain() throws IOException {
        long before = System.nanoTime();
        process = builder.start();
        return before;
    }

    void createStream(String statement) throws IOException, InterruptedException {
        post("/streams", Map.of("sql", statement));
    }

    /** Creates a rule with one action. */
    void createRule(String id, String sql, String sink, Map<String, ?> properties)
            throws IOException, InterruptedException {
        post("/rules", Map.of("id", id, "sql", sql, "actions", List.of(Map.of(sink, properties))));
    }

    /** Creates a rule with an action {@code nop} that is not started yet. */
    void createStoppedRule(String id, String sql) throws IOException, InterruptedException {
        post("/rules", Map.of("id", id, "sql", sql, "actions", List.of(Map.of("nop", Map.of())), "triggered", false));
    }

    void startRule(String id) throws IOException, InterruptedException {
        post("/rules/" + id + "/start", Map.of());
    }

    private void post(String path, Map<String, ?> body) throws IOException, InterruptedException {
        HttpRequest request = request(path)
                .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
                .build();
        HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw new IOException(path + " answers " + answer.statusCode() + ": " + answer.body());
        }
    }

    /** Returns how many rows have come to the first action of a rule, a {@code nop}. */
    long rows(String rule) throws IOException, InterruptedException {
        HttpResponse<String> answer =
                client.send(request("/rules/" + rule + "/status").build(), HttpResponse.BodyHandlers.ofString());
        JsonNode status = JSON.readTree(answer.body());
        return status.path("sink_nop_0_0_records_in_total").asLong();
    }

    /** Returns the processor time of the process so far. */
    Duration processorTime() {
        return process.info()
                .totalCpuDuration()
                .orElseThrow(() ->
                        new IllegalStateException("The system does not tell the time of process " + process.pid()));
    }

    /** Returns how much memory of the machine the process has. Linux only. */
    double residentMegabytes() throws IOException {
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024)
                .findFirst()
                .orElseThrow();
    }

    /** Returns the size of all files that a user unpacks. */
    double megabytesOnDisk() throws IOException {
        try (Stream<Path> files = Files.walk(home)) {
            return files.filter(Files::isRegularFile)
                            .mapToLong(Distribution::size)
                            .sum()
                    / MEGABYTE;
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly().onExit().join();
        List<Path> files;
        try (Stream<Path> walk = Files.walk(directory)) {
            files = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : files) {
            Files.delete(file);
        }
    }
}
