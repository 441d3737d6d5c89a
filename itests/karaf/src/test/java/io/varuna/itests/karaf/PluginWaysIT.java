package io.varuna.itests.karaf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.varuna.plugin.mysql.MariaDbServer;
import io.varuna.plugin.mysql.UsesMariaDb;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A rule that is there already waits for its plugin, whichever way that comes, goes and comes again. */
@UsesMariaDb
class PluginWaysIT {
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private static Container container;
    private static MariaDbServer database;

    @BeforeAll
    static void start() {
        database = Databases.start("plugin-ways");
        database.execute("DROP TABLE IF EXISTS ticks");
        database.execute("CREATE TABLE ticks (n BIGINT, at TIMESTAMP DEFAULT CURRENT_TIMESTAMP)");
        container = Container.startWithShell(
                "plugin-ways",
                List.of("feature:install varuna-plugin-functions-geohash", "plugin:install functions-samples"));
        container
                .rest()
                .createStream(
                        "CREATE STREAM ticks () WITH (TYPE=\"simulator\", FORMAT=\"json\","
                                + " EXTRA=\"{\\\"data\\\": [{\\\"n\\\": 1}], \\\"interval\\\": \\\"100ms\\\", \\\"loop\\\": true}\")");
        container
                .rest()
                .createRule(
                        "{\"id\": \"ticks\", \"sql\": \"SELECT n FROM ticks\", \"actions\": [{\"mysql\": {\"url\": \""
                                + database.url() + "\", \"table\": \"ticks\"}}]}");
        assertWaiting();
    }

    @AfterAll
    static void stop() {
        container.close();
        database.close();
    }

    private static void assertWaiting() {
        await().atMost(LIMIT).untilAsserted(() -> assertThat(container.rest().state("ticks"))
                .startsWith("waiting: waiting for sink 'mysql'"));
        assertThat(container.rest().get("/plugins/sinks/mysql").status()).isEqualTo(404);
    }

    private static void assertRunning() {
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(container.rest().state("ticks")).startsWith("running"));
        assertThat(container.rest().get("/plugins/sinks/mysql").body().strip())
                .isEqualTo("{\"name\":\"mysql\",\"version\":\"1.0.0\"}");
        long before = database.count("ticks");
        await().atMost(LIMIT).until(() -> database.count("ticks") > before);
    }

    @Test
    void throughRest() throws IOException {
        Path zip = Zips.of("mysql", Map.of("mysql.jar", Files.readAllBytes(Container.pluginJar("mysql"))));
        for (int round = 0; round < 2; round++) {
            Rest.Answer answer = container
                    .rest()
                    .post(
                            "/plugins/sinks",
                            Rest.json(
                                    Map.of("name", "mysql", "file", zip.toUri().toString())));
            assertThat(answer.status()).as(answer.body()).isEqualTo(201);
            assertRunning();
            assertThat(container
                            .rest()
                            .delete("/plugins/sinks/mysql?force=true")
                            .status())
                    .isEqualTo(200);
            assertWaiting();
        }
    }

    @Test
    void asAJarInTheDeployDirectory() throws IOException {
        for (int round = 0; round < 2; round++) {
            Path jar = container.deploy(Container.pluginJar("mysql"));
            assertRunning();
            Files.delete(jar);
            assertWaiting();
        }
    }

    @Test
    void asAKarInTheDeployDirectory() throws IOException {
        Path kar = container.deploy(Container.kar("mysql"));
        assertRunning();
        Files.delete(kar);
        assertWaiting();
    }

    @Test
    void theKarOfAllPluginsInTheDeployDirectoryTakesNothingAway() throws IOException {
        String sinks = container.rest().get("/plugins/sinks").body();

        Path kar = container.deploy(Container.allPlugins());
        await().atMost(LIMIT).until(() -> Files.isDirectory(container.home().resolve("data/kar/varuna-plugins-1.0.0")));
        container.shell("feature:install varuna-plugin-mysql");
        assertRunning();
        container.shell("feature:uninstall varuna-plugin-mysql");
        assertWaiting();
        Files.delete(kar);

        await().atMost(LIMIT).until(() -> !Files.exists(container.home().resolve("data/kar/varuna-plugins-1.0.0")));
        assertThat(container.rest().get("/plugins/sinks").body()).isEqualTo(sinks);
    }

    @Test
    void byCommandsThatAreTypedBeforeAnythingHasStarted() {
        for (String plugin : List.of("functions-geohash", "functions-samples")) {
            await().atMost(LIMIT).untilAsserted(() -> assertThat(
                            container.rest().get("/plugins/functions/" + plugin).status())
                    .isEqualTo(200));
        }
        assertThat(container.printed()).doesNotContain("Command not found");
        // once for each command of this class, not every few milliseconds
        assertThat(container.printed().split("varuna> ")).hasSizeLessThan(100);
    }

    @Test
    void asAFeatureFileInTheDeployDirectory() throws IOException {
        Path file = Files.writeString(
                Path.of("target", "plugin-ways.xml"),
                """
                <features name="plugin-ways" xmlns="http://karaf.apache.org/xmlns/features/v1.6.0">
                  <feature name="plugin-ways" version="1.0.0" install="auto">
                    <feature>varuna-plugin-mysql</feature>
                  </feature>
                </features>
                """);
        for (int round = 0; round < 2; round++) {
            Path deployed = container.deploy(file);
            assertRunning();
            Files.delete(deployed);
            assertWaiting();
        }
    }

    @Test
    void asABundleInTheShell() {
        for (int round = 0; round < 2; round++) {
            container.shell(
                    "bundle:install --start " + Container.pluginJar("mysql").toUri());
            assertRunning();
            container.shell("bundle:uninstall io.varuna.plugin.mysql");
            assertWaiting();
            await().atMost(LIMIT).untilAsserted(() -> assertThat(
                            container.rest().get("/plugins/events").body())
                    .contains("\"event\":\"removed\",\"plugin\":\"mysql\",\"message\":\"Version 1.0.0, which did"
                            + " not come through Varuna, is gone; there is no other\""));
        }
    }

    @Test
    void asAFeatureInTheShell() {
        for (int round = 0; round < 2; round++) {
            container.shell("feature:install varuna-plugin-mysql");
            assertRunning();
            container.shell("feature:uninstall varuna-plugin-mysql");
            assertWaiting();
        }
    }
}
