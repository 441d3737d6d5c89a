package io.varuna.itests.karaf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Plugins that have started once, whichever way they came, and do not come back from their start when the container starts again. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HangingStartIT {
    private static final Duration LIMIT = Duration.ofMinutes(1);
    /** The framework would wait for ever. */
    private static final Duration STOP_LIMIT = Duration.ofSeconds(25);

    private static final List<String> NAMES = List.of("deployed", "installed", "featured");

    private Container container;
    private Rest rest;
    private Path hang;

    @BeforeAll
    void start() throws IOException {
        container = Container.startWithShell("hanging-start", Map.of(), "-Dvaruna.plugins.start=3s");
        rest = container.rest();
        hang = container.home().resolve("hang");
        container.deploy(jar("deployed"));
        Rest.Answer installed = rest.post(
                "/plugins/sinks",
                Rest.json(Map.of(
                        "name", "installed", "file", jar("installed").toUri().toString())));
        assertThat(installed.status()).as(installed.body()).isEqualTo(201);
        Path features = Files.writeString(
                container.home().resolve("features.xml"),
                """
                <features name="featured" xmlns="http://karaf.apache.org/xmlns/features/v1.6.0">
                  <feature name="featured" version="1.0.0"><bundle>%s</bundle></feature>
                </features>
                """
                        .formatted(jar("featured").toUri()));
        container.shell("feature:repo-add " + features.toUri());
        container.shell("feature:install featured");
        NAMES.forEach(name -> await().atMost(LIMIT).untilAsserted(() -> assertThat(
                        rest.get("/plugins/sinks/" + name).json())
                .containsEntry("version", "1.0.0")
                .doesNotContainKey("refused")));
        rest.createStream("CREATE STREAM ticks () WITH (TYPE=\"simulator\", FORMAT=\"json\","
                + " EXTRA=\"{\\\"data\\\": [{\\\"n\\\": 1}], \\\"interval\\\": \\\"50ms\\\", \\\"loop\\\": true}\")");
        createRule("free", "nop");
    }

    @AfterAll
    void stop() {
        container.close();
    }

    private Path jar(String name) throws IOException {
        return SlowSink.jar(name, container.home(), hang);
    }

    private void createRule(String id, String sink) {
        rest.createRule("{\"id\": \"" + id + "\", \"sql\": \"SELECT n FROM ticks\", \"actions\": [{\"" + sink
                + "\": {}}], \"options\": {\"waitForPlugins\": true}}");
    }

    private void awaitRows(String rule, String sink) {
        await().atMost(LIMIT).until(() -> rest.figure(rule, "sink_" + sink + "_0_0_records_out_total") > 3);
    }

    @Test
    void everythingElseGoesOn() throws IOException {
        Files.createFile(hang);
        container.stop();
        container.launch();

        awaitRows("free", "nop");
        NAMES.forEach(name -> await().atMost(LIMIT).untilAsserted(() -> assertThat(
                        rest.get("/plugins/sinks/" + name).body())
                .contains(
                        "Plugin 'com.acme." + name
                                + "' 1.0.0 cannot be started: it has not come back within 3 s; it was" + " in com.acme."
                                + name + ".SlowSink.<init>, line ",
                        "nothing of it is used")));
        createRule("late", "lines");
        container.deploy(
                SlowSink.jar("lines", container.home(), container.home().resolve("never")));
        awaitRows("late", "lines");
        container.shell("feature:install varuna-plugin-functions-geohash");
        await().atMost(LIMIT).untilAsserted(() -> assertThat(
                        rest.get("/plugins/functions/functions-geohash").status())
                .isEqualTo(200));
        container.stopWithin(STOP_LIMIT);

        container.launch();
        awaitRows("late", "lines");
        NAMES.forEach(this::removeWhatHasNotComeBack);
        container.stopWithin(STOP_LIMIT);
        container.launch();
        awaitRows("free", "nop");
        NAMES.forEach(name -> await().atMost(LIMIT)
                .untilAsserted(() ->
                        assertThat(rest.get("/plugins/sinks/" + name).status()).isEqualTo(404)));
        assertThat(container.home().resolve("deploy/deployed-1.0.0.jar")).doesNotExist();
    }

    private void removeWhatHasNotComeBack(String name) {
        String path = "/plugins/sinks/" + name;
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(rest.get(path).body()).contains("nothing of it is used"));
        Rest.Answer removed = rest.delete(path);
        assertThat(removed.status()).as(removed.body()).isEqualTo(200);
        assertThat(removed.body()).contains("with the next start of the container");
    }
}
