package io.varuna.itests.karaf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.varuna.plugin.mysql.MariaDbServer;
import io.varuna.plugin.mysql.UsesMariaDb;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** While messages come by MQTT and go into a database, both plugins are exchanged for their next version, and back. */
@UsesMariaDb
class MessageSwapIT {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int BURST = 200;

    @Test
    void everyMessageBecomesOneRowThroughUpgradesOfTheSourceAndTheSink() throws Exception {
        try (Broker broker = new Broker("message-swap");
                MariaDbServer database = Databases.start("message-swap");
                Container container = Container.startWith("message-swap", "-Dvaruna.plugins.health=1s")) {
            Rest rest = container.rest();
            database.execute("DROP TABLE IF EXISTS test");
            // without a key, so that a row that is written twice is there twice
            database.execute("CREATE TABLE test (id BIGINT)");
            install(rest, "sinks", "mysql");
            rest.createStream("CREATE STREAM demo () WITH (DATASOURCE=\"demo\", FORMAT=\"json\", TYPE=\"mqtt\","
                    + " EXTRA=\"{\\\"server\\\": \\\"" + broker.address() + "\\\", \\\"qos\\\": 1,"
                    + " \\\"clientid\\\": \\\"message-swap\\\", \\\"enableClientSession\\\": true}\")");
            rest.createRule("{\"id\": \"r\", \"sql\": \"SELECT id FROM demo\", \"actions\": [{\"mysql\": {\"url\": \""
                    + database.url() + "\", \"table\": \"test\"}}],"
                    + " \"options\": {\"qos\": 1, \"checkpointInterval\": \"1s\"}}");
            await().atMost(LIMIT).until(() -> rest.figure("r", "source_demo_0_connection_status") == 1);

            AtomicBoolean enough = new AtomicBoolean();
            ExecutorService thread = Executors.newSingleThreadExecutor();
            Future<Integer> published = thread.submit(() -> publishUntil(broker, enough));
            try {
                await().atMost(LIMIT).until(() -> database.count("test") > BURST);
                upgrade(rest, "sinks", "mysql");
                upgrade(rest, "sources", "mqtt");
                Rest.Answer back = rest.post("/plugins/sinks/mysql/rollback", "");
                assertThat(back.body()).contains("\"reaction\":\"swap\"");
                long before = database.count("test");
                await().atMost(LIMIT).until(() -> database.count("test") > before + BURST);
            } finally {
                enough.set(true);
            }
            int all = published.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
            thread.shutdown();

            await().atMost(LIMIT).untilAsserted(() -> assertThat(database.count("test"))
                    .as(() -> rest.status("r").toString())
                    .isGreaterThanOrEqualTo(all));
            assertThat(database.query("SELECT id FROM test ORDER BY id"))
                    .isEqualTo(IntStream.range(0, all).mapToObj(String::valueOf).toList());
            assertThat(rest.figure("r", "lastStopTimestamp")).isZero();
        }
    }

    private static int publishUntil(Broker broker, AtomicBoolean enough) {
        int next = 0;
        try (Publisher publisher = new Publisher(broker.address())) {
            while (!enough.get()) {
                publisher.publish("demo", next, next + BURST, id -> "{\"id\": " + id + "}");
                next += BURST;
            }
        }
        return next;
    }

    private static void install(Rest rest, String kind, String name) throws IOException {
        Path file = Zips.of(name, Map.of(name + ".jar", Files.readAllBytes(Container.pluginJar(name))));
        Rest.Answer answer = rest.post(
                "/plugins/" + kind,
                Rest.json(Map.of("name", name, "file", file.toUri().toString())));
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    }

    private static void upgrade(Rest rest, String kind, String name) throws IOException {
        Rest.Answer answer = rest.put(
                "/plugins/" + kind + "/" + name,
                Rest.json(Map.of(
                        "file",
                        NextVersion.of(Container.pluginJar(name)).toUri().toString())));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).contains("rule 'r': swap");
        assertThat(rest.get("/plugins/" + kind + "/" + name).body()).contains("\"version\":\"1.0.1\"");
    }
}
