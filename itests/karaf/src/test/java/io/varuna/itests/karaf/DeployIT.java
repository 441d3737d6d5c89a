package io.varuna.itests.karaf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Plugins that come by the hot deploy directory or as features, with signatures enforced: who signed them counts, and what comes
 * and goes while the container is down.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeployIT {
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final String SINK = "/plugins/sinks/lines";
    private static final String ASLEEP = "/plugins/sinks/asleep";
    private static final String PASSWORD = "secret";

    private Container container;
    private Rest rest;

    @BeforeAll
    void start() throws IOException {
        container = Container.startWithShell(
                "deploy",
                Map.of("io.varuna.plugins.cfg", "signature = enforce\n"),
                "-Dvaruna.plugins.start=5s",
                "-Dvaruna.plugins.health=300ms");
        rest = container.rest();
        run("keytool", "-genkeypair", "-keyalg", "EC", "-dname", "CN=author", "-alias", "author");
        Files.createDirectories(container.home().resolve("etc/trusted"));
        run(
                "keytool",
                "-exportcert",
                "-rfc",
                "-alias",
                "author",
                "-file",
                container.home().resolve("etc/trusted/author.pem").toString());
        // files are taken in the order of their names
        Path asleep = SlowSink.jar("asleep", container.home());
        run("jarsigner", asleep.toString(), "author");
        container.deploy(asleep);
        for (SwapJars plugin : List.of(SwapJars.SOURCE, SwapJars.CODEC)) {
            container.deploy(signed(plugin, "1.0.0"));
        }
        await().atMost(LIMIT).until(() -> rest.get("/plugins/sources/numbers").status() == 200);
        rest.createStream("CREATE STREAM numbers (n BIGINT, k BIGINT) WITH (TYPE=\"numbers\", FORMAT=\"number\")");
        rest.createRule("{\"id\": \"r\", \"sql\": \"SELECT n FROM numbers WHERE n % 1000 = 0\","
                + " \"actions\": [{\"lines\": {\"path\": \"" + file() + "\"}}],"
                + " \"options\": {\"waitForPlugins\": true}}");
    }

    @AfterAll
    void stop() {
        container.close();
    }

    private Path file() {
        return container.home().resolve("r.txt");
    }

    private void run(String tool, String... arguments) throws IOException {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", tool).toString());
        line.addAll(List.of("-keystore", container.home().resolve("author.p12").toString(), "-storepass", PASSWORD));
        line.addAll(List.of(arguments));
        Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.onExit().join().exitValue()).as(output).isZero();
    }

    private Path unsigned(SwapJars plugin, String version) throws IOException {
        Path jar = container.home().resolve(plugin.name() + "-" + version + ".jar");
        Files.deleteIfExists(jar);
        return Files.copy(plugin.jar(version), jar);
    }

    private Path signed(SwapJars plugin, String version) throws IOException {
        Path jar = unsigned(plugin, version);
        run("jarsigner", jar.toString(), "author");
        return jar;
    }

    /** Waits until the rule goes on, with a version of the sink. */
    private void awaitRows(String version) throws IOException {
        int before = Files.exists(file()) ? Files.readAllLines(file()).size() : 0;
        await().atMost(LIMIT).untilAsserted(() -> assertThat(
                        Files.exists(file())
                                ? Files.readAllLines(file()).stream().skip(before)
                                : List.<String>of().stream())
                .anyMatch(line -> line.endsWith(" " + version)));
        assertThat(rest.state("r")).startsWith("running");
    }

    private void awaitEvent(String event, String message) {
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(rest.get("/plugins/events").body())
                        .contains("\"event\":\"" + event + "\",\"plugin\":\"lines\",\"message\":\"" + message));
    }

    @Test
    void shellThatReadsAPipePrintsHelpWithoutAPager() {
        container.shell("help");
        container.shell("plugin:list NoKind");

        await().atMost(LIMIT).untilAsserted(() -> assertThat(container.printed())
                .contains("plugin:available", "varuna:sql", "'NoKind' is no kind of plugin")
                .doesNotContain("(END)"));
    }

    @Test
    void countsOnlyWithASignatureAndKeepsWhatComesAndGoesWhileItIsDown() throws IOException {
        goesOnWithOthersWhenOneDoesNotComeBack();
        refusesWhatNobodyHasSigned();
        takesAwayWhatHasNotComeBack();
        usesWhatSomebodyTrustedHasSigned();
        triesAHigherVersionThatCameWhileItWasDown();
        goesOnWithWhatIsLeft();
        waitsForWhatIsGoneAndGoesOnWhenItIsBack();
        comesBackWithoutTheBundleCache();
        featuresCountOnlyWithASignature();
    }

    private void awaitAsleep() {
        await().atMost(LIMIT).untilAsserted(() -> assertThat(rest.get(ASLEEP).body())
                .contains("Plugin 'com.acme.asleep' 1.0.0 cannot be started: it has not come back within 5 s; it was in"
                        + " com.acme.asleep.SlowSink.<init>, line ")
                .contains("Take the file away"));
    }

    private void goesOnWithOthersWhenOneDoesNotComeBack() {
        awaitAsleep();
        assertThat(rest.get("/plugins/events").body())
                .contains(
                        "\"event\":\"refused\",\"plugin\":\"com.acme.asleep\",\"message\":\"Plugin 'com.acme.asleep' 1.0.0");
        assertThat(rest.get("/plugins/sinks").body()).doesNotContain("asleep");
        container.shell("plugin:list sink");
        await().atMost(LIMIT).untilAsserted(() -> assertThat(container.printed())
                .contains("sink asleep is refused, and not used: Plugin 'com.acme.asleep' 1.0.0"));
    }

    /** It was tried again by the last start of the container. */
    private void takesAwayWhatHasNotComeBack() {
        awaitAsleep();
        assertThat(rest.delete(ASLEEP).status()).isEqualTo(200);
        assertThat(container.home().resolve("deploy/asleep-1.0.0.jar")).doesNotExist();
    }

    private void refusesWhatNobodyHasSigned() throws IOException {
        container.deploy(unsigned(SwapJars.SINK, "1.0.0"));

        awaitEvent("refused", "Plugin 'lines' 1.0.0 is not signed. Only plugins of trusted signers are used here");
        assertThat(rest.state("r")).startsWith("waiting: waiting for sink 'lines'");
        assertThat(rest.get("/plugins/sinks").body()).contains("\"log\"").doesNotContain("lines");
        assertThat(rest.get(SINK).json())
                .extractingByKey("refused")
                .asString()
                .startsWith("Plugin 'lines' 1.0.0 is not signed.");
        // in good order it would wait for the one that does not come back
        container.kill();
        container.launch();
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(rest.state("r")).startsWith("waiting: waiting for sink 'lines'"));
        assertThat(rest.get(SINK).body()).contains("is not signed");
    }

    private void usesWhatSomebodyTrustedHasSigned() throws IOException {
        container.deploy(signed(SwapJars.SINK, "1.0.0"));

        awaitRows("1.0.0");
        // the directory is looked after though what it had keeps a thread
        assertThat(rest.get(ASLEEP).status()).isEqualTo(200);
        assertThat(rest.get(SINK + "?verbose=true").json())
                .containsEntry("signer", "CN=author")
                .doesNotContainKey("refused");
        awaitEvent("installed", "Version 1.0.0 has come, though not through Varuna");
    }

    /** One that cannot be opened, so that the rule must stay with the other; then one that can. */
    private void triesAHigherVersionThatCameWhileItWasDown() throws IOException {
        container.kill();
        Path broken = container.deploy(signed(SwapJars.SINK, "6.6.6"));
        container.launch();
        await().atMost(LIMIT).until(() -> rest.get(ASLEEP).status() == 404);
        awaitEvent("refused", "Plugin 'lines' 6.6.6 cannot take over: rule 'r': sink 'lines_0': out of order");
        awaitRows("1.0.0");
        container.stop();
        Files.delete(broken);
        container.deploy(signed(SwapJars.SINK, "2.0.0"));
        container.launch();
        awaitRows("2.0.0");
        awaitEvent("exchanged", "Version 2.0.0 is in the place of 1.0.0");
    }

    private void goesOnWithWhatIsLeft() throws IOException {
        container.stop();
        Files.delete(container.home().resolve("deploy/lines-2.0.0.jar"));
        container.launch();
        awaitRows("1.0.0");
        // the other goes when no rule uses it any more
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(rest.get(SINK).body()).contains("\"version\":\"1.0.0\""));
        awaitEvent("removed", "Version 2.0.0, which did not come through Varuna, ");
    }

    private void waitsForWhatIsGoneAndGoesOnWhenItIsBack() throws IOException {
        container.stop();
        Files.delete(container.home().resolve("deploy/lines-1.0.0.jar"));
        container.launch();
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(rest.state("r")).startsWith("waiting: waiting for sink 'lines'"));
        awaitEvent("removed", "Version 1.0.0, which did not come through Varuna, ");
        assertThat(rest.get("/plugins/events").body()).contains("there is no other");
        container.stop();
        container.deploy(signed(SwapJars.SINK, "1.0.0"));
        container.launch();
        awaitRows("1.0.0");
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(rest.get("/plugins/events").body())
                        .containsSubsequence(
                                "\"event\":\"installed\",\"plugin\":\"lines\",\"message\":\"Version 1.0.0 has come",
                                "there is no other"));
    }

    /** What the container keeps of bundles is gone, and with it which were there. */
    private void comesBackWithoutTheBundleCache() throws IOException {
        Rest.Answer installed = rest.upload("/plugins/functions/tallies", signed(SwapJars.FUNCTIONS, "1.0.0"));
        assertThat(installed.status()).as(installed.body()).isEqualTo(201);
        rest.createRule(
                "{\"id\": \"totals\", \"sql\": \"SELECT tally(n) AS t FROM numbers GROUP BY COUNTWINDOW(1000)\","
                        + " \"actions\": [{\"nop\": {}}]}");
        container.stop();
        container.deleteBundleCache();
        container.launch();
        awaitRows("1.0.0");
        await().atMost(LIMIT).until(() -> rest.figure("totals", "sink_nop_0_0_records_out_total") > 0);
        assertThat(rest.get("/plugins/functions/tallies?verbose=true").json())
                .containsEntry("signer", "CN=author")
                .doesNotContainKey("refused");
        assertThat(rest.delete("/plugins/functions/tallies?force=true").status())
                .isEqualTo(200);
    }

    /** The container asks nobody when it installs a feature; rules do not use what is in it. */
    private void featuresCountOnlyWithASignature() throws IOException {
        await().atMost(LIMIT).untilAsserted(() -> assertThat(rest.state("totals"))
                .startsWith("waiting: waiting for function 'tally'"));
        Path features = Files.writeString(
                container.home().resolve("features.xml"),
                """
                <features name="tallies" xmlns="http://karaf.apache.org/xmlns/features/v1.6.0">
                  <feature name="unsigned" version="1.0.0"><bundle>%s</bundle></feature>
                  <feature name="signed" version="1.0.0"><bundle>%s</bundle></feature>
                </features>
                """
                        .formatted(
                                unsigned(SwapJars.FUNCTIONS, "1.0.1").toUri(),
                                signed(SwapJars.FUNCTIONS, "1.0.2").toUri()));
        container.shell("feature:repo-add " + features.toUri());
        container.shell("feature:install unsigned");
        String refusal = "Plugin 'tallies' 1.0.1 is not signed. Only plugins of trusted signers are used here";
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(rest.get("/plugins/events").body())
                        .contains("\"event\":\"refused\",\"plugin\":\"tallies\",\"message\":\"" + refusal));
        assertThat(rest.get("/plugins/functions/tallies").body()).contains(refusal);
        assertThat(rest.state("totals")).startsWith("waiting: waiting for function 'tally'");

        container.shell("feature:install signed");
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(rest.state("totals")).startsWith("running"));
        assertThat(rest.get("/plugins/functions/tallies?verbose=true").json())
                .containsEntry("version", "1.0.2")
                .containsEntry("signer", "CN=author");
        container.shell("feature:install varuna-plugin-mysql");
        await().atMost(LIMIT)
                .untilAsserted(() ->
                        assertThat(rest.get("/plugins/sinks/mysql").json()).doesNotContainKey("refused"));
    }
}
