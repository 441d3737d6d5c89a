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
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/** What the README tells to type does what it says. */
class ReadmeIT {
    private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
    private static final Path README = ROOT.resolve("README.md");
    private static final Duration LIMIT = Duration.ofMinutes(1);

    @Test
    void theDemonstrationShowsItsResults() {
        List<Command> commands = CodeBlocks.of(README, "Start it").calls("curl");
        assertThat(commands).hasSize(3);
        try (Container container = Container.startDemonstration("readme-demo")) {
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(container.log()).contains("varuna.rule.demo_mean"));
            assertThat(commands.get(0).curl(container.rest()).body()).contains("demo_mean");
            assertThat(commands.get(1).curl(container.rest()).json()).containsEntry("status", "running");
            assertCreated(commands.get(2), container.rest());
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(container.log()).contains("varuna.rule.warm"));
        }
    }

    @Test
    @UsesMariaDb
    void messagesOfABrokerBecomeRowsOfADatabase() throws IOException {
        CodeBlocks chapter = CodeBlocks.of(README, "From MQTT into MySQL");
        List<Command> curl = chapter.calls("curl");
        assertThat(curl).hasSize(5);
        Command publish = chapter.calls("mosquitto_pub").get(0);
        Command select = chapter.calls("mysql").get(0);
        IntFunction<String> message = number -> publish.option("-m");

        try (Broker broker = new Broker("readme");
                MariaDbServer database = Databases.start("readme");
                Container container = Container.startWithShell("readme", settings(broker));
                Publisher publisher = new Publisher(broker.address())) {
            Rest rest = container.rest();
            database.execute("DROP TABLE IF EXISTS test");
            database.execute(chapter.in("sql").get(0));
            assertCreated(curl.get(0), rest);
            Command rule = curl.get(1).replace("user:test@tcp(localhost:3307)/user", database.url());
            assertCreated(rule, rest);
            await().atMost(LIMIT)
                    .untilAsserted(
                            () -> assertThat(curl.get(2).curl(rest).body()).contains("waiting for sink 'mysql'"));

            String feature = chapter.in("").get(0).strip().replace("varuna> ", "");
            container.shell(feature);
            assertRunning(rest, curl.get(4));
            publisher.publish(publish.option("-t"), 0, 1, message);
            assertRows(rest, database, select, "a,21.5,40.0");
            container.shell(feature.replace("install", "uninstall"));
            assertWaiting(rest);

            Path jar = ROOT.resolve(chapter.calls("cp").get(0).words().get(1));
            Path deployed = container.deploy(jar);
            assertRunning(rest, curl.get(4));
            Files.delete(deployed);
            assertWaiting(rest);

            Path zip = Zips.of("readme", Map.of("mysql.jar", Files.readAllBytes(jar)));
            Command install =
                    curl.get(3).replace("file:///path/to/mysql.zip", zip.toUri().toString());
            assertCreated(install, rest);
            assertRunning(rest, curl.get(4));
            publisher.publish(publish.option("-t"), 0, 1, message);
            assertRows(rest, database, select, "a,21.5,40.0", "a,21.5,40.0");
        }
    }

    /** A broker on another port than the one of the README is the default of the source. */
    private static Map<String, String> settings(Broker broker) {
        return Map.of(
                "io.varuna.profile-mqtt.cfg",
                "profile.kind = source\nprofile.type = mqtt\nprofile.name = default\nserver = " + broker.address());
    }

    private static void assertCreated(Command command, Rest rest) {
        Rest.Answer answer = command.curl(rest);
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    }

    private static void assertWaiting(Rest rest) {
        await().atMost(LIMIT).untilAsserted(() -> assertThat(rest.state("ruleTest"))
                .startsWith("waiting: waiting for sink 'mysql'"));
    }

    private static void assertRunning(Rest rest, Command plugin) {
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(plugin.curl(rest).body().strip())
                        .isEqualTo("{\"name\":\"mysql\",\"version\":\"1.0.0\"}"));
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(rest.state("ruleTest")).startsWith("running"));
        await().atMost(LIMIT).until(() -> rest.figure("ruleTest", "source_demo_0_connection_status") == 1);
    }

    private static void assertRows(Rest rest, MariaDbServer database, Command select, String... rows) {
        await().atMost(LIMIT).untilAsserted(() -> assertThat(database.query(select.option("--execute")))
                .as(() -> rest.status("ruleTest").toString())
                .containsExactly(rows));
    }
}
