package io.varuna.itests.karaf;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.varuna.itests.karaf.Rest.Answer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong is refused with what is wrong and what to do, and does no harm to anything else. */
class BadInputIT {
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private static Container container;
    private static Rest rest;

    @BeforeAll
    static void start() {
        container = Container.startPlainly("bad-input");
        rest = container.rest();
        rest.createStream(
                "CREATE STREAM demo (device STRING, temperature FLOAT) WITH (TYPE=\"memory\", DATASOURCE=\"demo\")");
        rest.createStream("CREATE STREAM ticks () WITH (TYPE=\"simulator\", FORMAT=\"json\","
                + " EXTRA=\"{\\\"data\\\": [{\\\"n\\\": 1}], \\\"interval\\\": \\\"100ms\\\", \\\"loop\\\": true}\")");
        rest.createRule("{\"id\": \"witness\", \"sql\": \"SELECT n FROM ticks\", \"actions\": [{\"nop\": {}}]}");
    }

    @AfterAll
    static void stop() {
        assertWitnessRuns();
        container.close();
    }

    private static void assertWitnessRuns() {
        assertThat(rest.state("witness")).startsWith("running");
        long before = rest.figure("witness", "sink_nop_0_0_records_out_total");
        await().atMost(LIMIT).until(() -> rest.figure("witness", "sink_nop_0_0_records_out_total") > before);
    }

    @Test
    void noTerminalForTheShell() throws IOException {
        assertThat(Files.readString(container.home().resolve("console.log")))
                .contains("There is no terminal, so there is no shell", "REST answers at")
                .doesNotContain("varuna>");
    }

    @Test
    void secondContainerOnOneDirectoryOrOneStore() throws Exception {
        assertThat(started(Map.of())).contains("Varuna already runs on", "VARUNA_STORE and VARUNA_PORT of its own");
        assertThat(started(Map.of("VARUNA_DATA", "target/containers/other-data")))
                .contains("store' is in use by another Varuna", "VARUNA_STORE of its own");
    }

    @Test
    void placesThatCannotBeWritten() throws Exception {
        assertThat(started(Map.of(
                        "VARUNA_STORE",
                        container.home().resolve("LICENSE").resolve("store").toString())))
                .contains("LICENSE/store' cannot be created", "choose other places with");
    }

    @Test
    void olderJava(@TempDir Path javaHome) throws Exception {
        Path java = Files.createDirectories(javaHome.resolve("bin")).resolve("java");
        Files.createFile(java, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        Files.writeString(javaHome.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"11.0.2\"\n");
        assertThat(started(Map.of("JAVA_HOME", javaHome.toString())))
                .isEqualTo(
                        "Java at '" + java + "' is too old. Varuna needs Java 17 or later: set JAVA_HOME or put another"
                                + " java on the PATH.\n");
    }

    /** Starts the same installation once more, which is refused; returns what it says. */
    private static String started(Map<String, String> environment) throws IOException, InterruptedException {
        Map<String, String> all = new HashMap<>(environment);
        all.put("VARUNA_PORT", String.valueOf(Ports.free()));
        ScriptRun run = ScriptRun.of(container.home(), all, "server");
        assertThat(run.exitCode()).as(run.text()).isEqualTo(1);
        return run.text();
    }

    private static void assertRefused(Answer answer, int status, String... parts) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.contentType()).startsWith("application/json");
        assertThat(answer.json()).containsOnlyKeys("error", "message");
        assertThat(String.valueOf(answer.json().get("message"))).contains(parts);
    }

    private static Answer createRule(String sql, String action) {
        Map<String, Object> rule = new LinkedHashMap<>();
        rule.put("id", "bad");
        rule.put("sql", sql);
        return rest.post("/rules", Rest.json(rule).replaceFirst("}$", ", \"actions\": [" + action + "]}"));
    }

    @Test
    void brokenSql() {
        assertRefused(createRule("SELECT device FROM demo WHERE", "{\"log\": {}}"), 400, "line 1", "column", "^");
    }

    @Test
    void unknownStream() {
        assertRefused(createRule("SELECT * FROM dmo", "{\"log\": {}}"), 400, "'dmo'", "Did you mean 'demo'?");
    }

    @Test
    void unknownColumn() {
        assertRefused(
                createRule("SELECT devise FROM demo", "{\"log\": {}}"), 400, "'devise'", "Did you mean 'device'?");
    }

    @Test
    void unknownFunction() {
        assertRefused(
                createRule("SELECT uper(device) FROM demo", "{\"log\": {}}"), 400, "'uper'", "Did you mean 'upper'?");
    }

    @Test
    void unknownSink() {
        assertRefused(
                createRule("SELECT * FROM demo", "{\"mqqt\": {}}"),
                400,
                "There is no sink 'mqqt'. Did you mean 'mqtt'? There are: file, ",
                "waitForPlugins");
    }

    @Test
    void unknownPropertyOfASink() {
        assertRefused(
                createRule("SELECT * FROM demo", "{\"mqtt\": {\"sever\": \"tcp://localhost:1883\", \"topic\": \"x\"}}"),
                400,
                "'sever'",
                "server");
    }

    @Test
    void wrongTypeOfAProperty() {
        assertRefused(
                createRule("SELECT * FROM demo", "{\"mqtt\": {\"topic\": \"x\", \"qos\": \"often\"}}"),
                400,
                "qos",
                "often");
    }

    @Test
    void unknownOption() {
        Answer answer = rest.post(
                "/rules",
                "{\"id\": \"bad\", \"sql\": \"SELECT * FROM demo\", \"actions\": [{\"log\": {}}], \"options\": {\"qoss\": 1}}");
        assertRefused(answer, 400, "'qoss'", "qos");
    }

    @Test
    void unknownOptionOfAStream() {
        assertRefused(
                rest.post("/streams", Rest.json(Map.of("sql", "CREATE STREAM bad () WITH (DATASORCE=\"x\")"))),
                400,
                "DATASORCE",
                "DATASOURCE");
    }

    @Test
    void sameNameTwice() {
        assertRefused(
                rest.post("/streams", Rest.json(Map.of("sql", "CREATE STREAM demo () WITH (DATASOURCE=\"x\")"))),
                400,
                "demo");
        assertRefused(
                rest.post(
                        "/rules",
                        "{\"id\": \"witness\", \"sql\": \"SELECT * FROM demo\", \"actions\": [{\"log\": {}}]}"),
                400,
                "'witness'");
    }

    @Test
    void refusedUpdateLeavesTheRuleRunning() {
        assertRefused(
                rest.put("/rules/witness", "{\"id\": \"witness\", \"sql\": \"SELECT\", \"actions\": [{\"nop\": {}}]}"),
                400,
                "line 1");
        assertWitnessRuns();
    }

    @Test
    void streamInUse() {
        assertRefused(rest.delete("/streams/ticks"), 400, "ticks", "witness");
        assertWitnessRuns();
    }

    @Test
    void brokenJsonOfARule() {
        assertRefused(rest.post("/rules", "{\"id\": \"bad\", \"sql\": "), 400, "line 1");
    }

    @Test
    void unknownPaths() {
        assertRefused(rest.get("/nowhere"), 404, "/nowhere");
        assertRefused(rest.get("/rules/nobody"), 404, "'nobody'");
        assertRefused(rest.send("PATCH", "/streams", ""), 405, "PATCH");
    }

    @Test
    void brokenMessageCostsNothingElse() {
        rest.createStream(
                "CREATE STREAM pushed (n BIGINT) WITH (TYPE=\"memory\", DATASOURCE=\"pushed\", FORMAT=\"json\")");
        Path file = container.home().resolve("data/broken.lines");
        writeString(file, "{\"n\": 1}\n{\"n\": broken\n{\"n\": \"text\"}\n{\"n\": 2}\n");
        rest.createStream(
                "CREATE STREAM lines (n BIGINT) WITH (TYPE=\"file\", DATASOURCE=\"broken.lines\", FORMAT=\"json\","
                        + " EXTRA=\"{\\\"path\\\": \\\"" + file.getParent()
                        + "\\\", \\\"fileType\\\": \\\"lines\\\"}\")");
        rest.createRule("{\"id\": \"lines\", \"sql\": \"SELECT n FROM lines\", \"actions\": [{\"nop\": {}}]}");
        await().atMost(LIMIT).untilAsserted(() -> assertThat(rest.figure("lines", "sink_nop_0_0_records_out_total"))
                .isEqualTo(2));
        assertThat(rest.figure("lines", "source_lines_0_exceptions_total")).isEqualTo(2);
    }

    private static void writeString(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void hugeBodyIsNotEvenRead() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), rest.port())) {
            socket.setSoTimeout(30_000);
            OutputStream out = socket.getOutputStream();
            out.write(("POST /rules HTTP/1.1\r\nHost: localhost:" + rest.port()
                            + "\r\nContent-Type: application/json\r\nContent-Length: 104857600\r\n\r\n{")
                    .getBytes(UTF_8));
            out.flush();
            InputStream in = socket.getInputStream();
            byte[] start = in.readNBytes("HTTP/1.1 413".length());
            assertThat(new String(start, UTF_8)).isEqualTo("HTTP/1.1 413");
        }
    }

    private static Answer install(String file) {
        return rest.post("/plugins/sinks", Rest.json(Map.of("name", "bad", "file", file)));
    }

    @Test
    void zipThatIsNone() throws IOException {
        Path file = Files.writeString(Zips.of("none", Map.of()), "this is no zip");
        assertRefused(install(file.toUri().toString()), 400, "zip");
    }

    @Test
    void zipWithoutAJar() throws IOException {
        assertRefused(
                install(Zips.of("no-jar", Map.of("readme.txt", new byte[10]))
                        .toUri()
                        .toString()),
                400,
                "jar");
    }

    @Test
    void zipWithABrokenJar() throws IOException {
        byte[] jar = Files.readAllBytes(Container.pluginJar("mysql"));
        assertRefused(
                install(Zips.of("broken", Map.of("bad.jar", Arrays.copyOf(jar, jar.length / 2)))
                        .toUri()
                        .toString()),
                400,
                "bad.jar");
    }

    @Test
    void zipWithAJarThatIsNoPlugin() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        try (JarOutputStream jar = new JarOutputStream(bytes, manifest)) {
            jar.flush();
        }
        assertRefused(
                install(Zips.of("plain", Map.of("plain.jar", bytes.toByteArray()))
                        .toUri()
                        .toString()),
                400,
                "plain.jar");
    }

    @Test
    void zipWhoseNamesLeaveTheirPlace() throws IOException {
        byte[] jar = Files.readAllBytes(Container.pluginJar("nop"));
        assertRefused(
                install(Zips.of("slip", Map.of("../../evil.jar", jar)).toUri().toString()), 400, "../../evil.jar");
        assertThat(container.home().resolve("evil.jar")).doesNotExist();
    }

    @Test
    void zipWithAnInstallScript() throws IOException {
        byte[] jar = Files.readAllBytes(Container.pluginJar("mysql"));
        assertRefused(
                install(Zips.of("script", Map.of("mysql.jar", jar, "install.sh", "touch evil".getBytes(UTF_8)))
                        .toUri()
                        .toString()),
                400,
                "install.sh");
    }

    @Test
    void addressesThatAnswerOtherwiseOrNotAtAll() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
        try {
            String address = "http://localhost:" + server.getAddress().getPort() + "/bad.zip";
            assertRefused(install(address), 400, "404");
        } finally {
            server.stop(0);
        }
        assertRefused(install("ftp://localhost/bad.zip"), 400, "ftp");
        assertRefused(install("file:///nowhere/bad.zip"), 400, "/nowhere/bad.zip");
    }
}
