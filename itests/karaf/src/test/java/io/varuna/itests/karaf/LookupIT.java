package io.varuna.itests.karaf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.varuna.plugin.mysql.MariaDbServer;
import io.varuna.plugin.mysql.UsesMariaDb;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Messages of a broker, completed from one table of a database and written to another. */
@UsesMariaDb
class LookupIT {
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private static Container container;
    private static Broker broker;
    private static MariaDbServer database;

    @BeforeAll
    static void start() throws Exception {
        broker = new Broker("lookup");
        database = Databases.start("lookup");
        container = Container.start("lookup");
        container.deploy(Container.pluginJar("mysql"));
        await().atMost(LIMIT)
                .until(() -> container.rest().get("/plugins/sinks/mysql").status() == 200);
        container
                .rest()
                .createStream("CREATE STREAM demo (id BIGINT, device STRING) WITH (DATASOURCE=\"demo\", TYPE=\"mqtt\","
                        + " EXTRA=\"{\\\"server\\\": \\\"" + broker.address() + "\\\"}\")");
    }

    @AfterAll
    static void stop() {
        container.close();
        database.close();
        broker.close();
    }

    @BeforeEach
    void tables() {
        database.execute("DROP TABLE IF EXISTS devices");
        database.execute("CREATE TABLE devices (id VARCHAR(20) PRIMARY KEY, room VARCHAR(20), notes TEXT)");
        database.execute("INSERT INTO devices VALUES ('device 0', 'cellar', 'x'), ('device 1', 'attic', NULL)");
        database.execute("DROP TABLE IF EXISTS test");
        database.execute("CREATE TABLE test (id BIGINT PRIMARY KEY, room VARCHAR(20))");
    }

    private static void createRule(String type, String properties) {
        container.rest().delete("/rules/lookup");
        container.rest().delete("/tables/devices");
        container
                .rest()
                .createStream("CREATE TABLE devices (id STRING, room STRING) WITH (DATASOURCE=\"devices\", TYPE=\""
                        + type + "\", KIND=\"lookup\", EXTRA=\"" + properties.replace("\"", "\\\"") + "\")");
        container
                .rest()
                .createRule("{\"id\": \"lookup\", \"sql\": \"SELECT demo.id, room FROM demo LEFT JOIN devices"
                        + " ON demo.device = devices.id\", \"actions\": [{\"mysql\": {\"url\": \"" + database.url()
                        + "\", \"table\": \"test\"}}]}");
        await().atMost(LIMIT).until(() -> container.rest().figure("lookup", "source_demo_0_connection_status") == 1);
    }

    private static void publish(int from, int to) {
        try (Publisher publisher = new Publisher(broker.address())) {
            publisher.publish("demo", from, to, i -> "{\"id\": " + i + ", \"device\": \"device " + i % 3 + "\"}");
        }
    }

    private static void assertCompleted(int to) {
        List<String> rooms = List.of("cellar", "attic", "null");
        // rows are there to see before the database has told so: a sink that it then leaves writes them once more
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(container.rest().figure("lookup", "sink_mysql_0_0_records_out_total"))
                        .as(() -> container.rest().status("lookup").toString())
                        .isEqualTo(to));
        assertThat(database.query("SELECT id, room FROM test ORDER BY id"))
                .isEqualTo(IntStream.range(0, to)
                        .mapToObj(i -> i + "," + rooms.get(i % 3))
                        .toList());
    }

    @Test
    void eachRowIsCompletedAlsoAfterTheDatabaseWasAway() {
        createRule("mysql", "{\"url\": \"" + database.url() + "\", \"connectionTimeout\": 1000}");
        publish(0, 300);
        assertCompleted(300);
        database.stop();
        database.start();
        publish(300, 600);
        assertCompleted(600);
        assertThat(container.rest().figure("lookup", "sink_mysql_0_0_exceptions_total"))
                .isZero();
    }

    @Test
    void answersAreKeptWhereTheTableSaysSo() {
        createRule(
                "sql",
                "{\"dburl\": \"mysql://user:test@localhost:" + database.port()
                        + "/user\", \"lookup\": {\"cache\": true, \"cacheMissingKey\": true}}");
        publish(0, 3);
        assertCompleted(3);
        database.execute("UPDATE devices SET room = 'elsewhere'");
        publish(3, 300);
        assertCompleted(300);
    }
}
