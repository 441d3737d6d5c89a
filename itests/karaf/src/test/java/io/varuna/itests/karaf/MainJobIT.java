package io.varuna.itests.karaf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.varuna.plugin.mysql.MariaDbServer;
import io.varuna.plugin.mysql.UsesMariaDb;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From a broker into a database, also while one of them is away. */
@UsesMariaDb
class MainJobIT {
    private static final int MESSAGES = 10_000;
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Duration AWAY = Duration.ofSeconds(10);

    private static Container container;
    private static Broker broker;
    private static MariaDbServer database;

    @BeforeAll
    static void start() throws Exception {
        broker = new Broker("main-job");
        database = Databases.start("main-job");
        container = Container.start("main-job");
        container.deploy(Container.pluginJar("mysql"));
        await().atMost(LIMIT)
                .until(() -> container.rest().get("/plugins/sinks/mysql").status() == 200);
        container
                .rest()
                .createStream("CREATE STREAM demo () WITH (DATASOURCE=\"demo\", FORMAT=\"json\", TYPE=\"mqtt\","
                        + " EXTRA=\"{\\\"server\\\": \\\"" + broker.address() + "\\\", \\\"qos\\\": 1,"
                        + " \\\"clientid\\\": \\\"main-job\\\", \\\"enableClientSession\\\": true}\")");
    }

    @AfterAll
    static void stop() {
        container.close();
        database.close();
        broker.close();
    }

    @BeforeEach
    void table() {
        database.execute("DROP TABLE IF EXISTS test");
        database.execute(
                "CREATE TABLE test (id BIGINT PRIMARY KEY, device VARCHAR(20), temperature DOUBLE, ok BOOLEAN)");
    }

    private static String message(int i) {
        return String.format(
                Locale.ROOT,
                "{\"id\": %d, \"device\": \"device %d\", \"temperature\": %.1f, \"ok\": %s, \"unused\": [1, 2]}",
                i,
                i % 7,
                20 + i % 100 / 10.0,
                i % 2 == 0);
    }

    private static List<String> expected(int to) {
        return IntStream.range(0, to)
                .mapToObj(i -> String.format(
                        Locale.ROOT, "%d,device %d,%s,%d", i, i % 7, 20 + i % 100 / 10.0, i % 2 == 0 ? 1 : 0))
                .toList();
    }

    /** Creates the rule of the tutorial; if it is to be safe, with state, and with rows that may be written again. */
    private static void createRule(boolean safe) {
        container.rest().delete("/rules/ruleTest");
        container.rest().createRule(rule(database.url(), safe));
        assertConnected();
    }

    private static String rule(String url, boolean safe) {
        return "{\"id\": \"ruleTest\", \"sql\": \"SELECT * from demo\", \"actions\": [{\"log\": {},"
                + " \"mysql\": {\"url\": \"" + url + "\", \"table\": \"test\""
                + (safe ? ", \"onDuplicate\": \"update\", \"connectionTimeout\": 1000" : "") + "}}]"
                + (safe ? ", \"options\": {\"qos\": 1, \"checkpointInterval\": \"1s\"}" : "") + "}";
    }

    private static void assertConnected() {
        await().atMost(LIMIT).until(() -> container.rest().figure("ruleTest", "source_demo_0_connection_status") == 1);
    }

    private static void assertAllThere() {
        await().atMost(LIMIT).untilAsserted(() -> assertThat(database.count("test"))
                .as(() -> container.rest().status("ruleTest").toString())
                .isEqualTo(MESSAGES));
        assertThat(database.query("SELECT id, device, temperature, ok FROM test ORDER BY id"))
                .isEqualTo(expected(MESSAGES));
    }

    @Test
    void everyMessageBecomesARow() {
        createRule(false);
        try (Publisher publisher = new Publisher(broker.address())) {
            publisher.publish("demo", 0, MESSAGES, MainJobIT::message);
        }
        assertAllThere();
        assertThat(container.rest().figure("ruleTest", "source_demo_0_records_in_total"))
                .isEqualTo(MESSAGES);
        // rows are there to see before the database has told so
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(container.rest().figure("ruleTest", "sink_mysql_0_0_records_out_total"))
                        .isEqualTo(MESSAGES));
        assertThat(container.rest().figure("ruleTest", "sink_mysql_0_0_exceptions_total"))
                .isZero();
    }

    @Test
    void nothingIsLostWhileTheDatabaseIsAway() {
        createRule(true);
        try (Publisher publisher = new Publisher(broker.address())) {
            publisher.publish("demo", 0, MESSAGES / 2, MainJobIT::message);
            database.stop();
            long back = System.nanoTime() + AWAY.toNanos();
            publisher.publish("demo", MESSAGES / 2, MESSAGES, MainJobIT::message);
            await().atMost(LIMIT).until(() -> System.nanoTime() > back);
            database.start();
        }
        assertAllThere();
    }

    @Test
    void nothingIsLostWhileTheBrokerIsAway() {
        createRule(true);
        try (Publisher publisher = new Publisher(broker.address())) {
            publisher.publish("demo", 0, MESSAGES / 2, MainJobIT::message);
            broker.stop();
            long back = System.nanoTime() + AWAY.toNanos();
            await().atMost(LIMIT)
                    .until(() -> container.rest().figure("ruleTest", "source_demo_0_connection_status") != 1);
            await().atMost(LIMIT).until(() -> System.nanoTime() > back);
            broker.start();
            publisher.reconnect();
            publisher.publish("demo", MESSAGES / 2, MESSAGES, MainJobIT::message);
        }
        assertAllThere();
    }

    @Test
    void databaseThatRefusesIsNamedAndNothingIsLost() {
        container.rest().delete("/rules/ruleTest");
        container.rest().createRule(rule(database.url().replace(":test@", ":wrong@"), true));
        assertConnected();
        try (Publisher publisher = new Publisher(broker.address())) {
            publisher.publish("demo", 0, MESSAGES, MainJobIT::message);
        }
        await().atMost(LIMIT).untilAsserted(() -> assertThat(
                        String.valueOf(container.rest().status("ruleTest").get("sink_mysql_0_0_last_exception")))
                .contains("Access denied for user 'user'"));
        assertThat(database.count("test")).isZero();
        Rest.Answer answer = container.rest().put("/rules/ruleTest", rule(database.url(), true));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertAllThere();
    }
}
