package io.varuna.itests.karaf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Streams, rules, wanted plugins and the values that rules share survive whatever happens to the container. */
class RestartIT {
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private Container container;

    @BeforeEach
    void start() throws IOException {
        container = Container.start("restart");
        Rest rest = container.rest();
        rest.createStream("CREATE STREAM ticks () WITH (TYPE=\"simulator\", FORMAT=\"json\","
                + " EXTRA=\"{\\\"data\\\": [{\\\"n\\\": 1}], \\\"interval\\\": \\\"100ms\\\", \\\"loop\\\": true}\")");
        Path zip = Zips.of("mysql", Map.of("mysql.jar", Files.readAllBytes(Container.pluginJar("mysql"))));
        Rest.Answer plugin = rest.post(
                "/plugins/sinks",
                Rest.json(Map.of("name", "mysql", "file", zip.toUri().toString())));
        assertThat(plugin.status()).as(plugin.body()).isEqualTo(201);
        rest.createRule("{\"id\": \"running\", \"sql\": \"SELECT n FROM ticks\", \"actions\": [{\"nop\": {}}]}");
        rest.createRule(
                "{\"id\": \"windowed\", \"sql\": \"SELECT count(*) AS n FROM ticks GROUP BY TUMBLINGWINDOW(ms, 500)\","
                        + " \"actions\": [{\"nop\": {}}]}");
        rest.createRule(
                "{\"id\": \"stopped\", \"triggered\": false, \"sql\": \"SELECT n FROM ticks\", \"actions\": [{\"nop\": {}}]}");
        rest.createRule("{\"id\": \"waiting\", \"sql\": \"SELECT n FROM ticks\", \"actions\": [{\"absent\": {}}],"
                + " \"options\": {\"waitForPlugins\": true}}");
        assertThat(rest.put("/keyedstate/limit", "{\"value\": 21.5}").status()).isEqualTo(200);
        rest.createRule("{\"id\": \"sharing\","
                + " \"sql\": \"SELECT 'copy' AS key, get_keyed_state('limit', 'float', 0) AS v FROM ticks\","
                + " \"actions\": [{\"keyedstate\": {\"keyField\": \"key\", \"valueField\": \"v\"}}]}");
        assertAllAsBefore();
    }

    @AfterEach
    void stop() {
        container.close();
    }

    private void assertAllAsBefore() {
        Rest rest = container.rest();
        for (String rule : new String[] {"running", "windowed"}) {
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(rest.state(rule)).startsWith("running"));
            await().atMost(LIMIT).until(() -> rest.figure(rule, "sink_nop_0_0_records_out_total") > 0);
        }
        assertThat(rest.get("/keyedstate/limit").body()).isEqualTo("{\"key\":\"limit\",\"value\":21.5}");
        rest.delete("/keyedstate/copy");
        await().atMost(LIMIT)
                .untilAsserted(() ->
                        assertThat(rest.get("/keyedstate/copy").body()).isEqualTo("{\"key\":\"copy\",\"value\":21.5}"));
        assertThat(rest.state("stopped")).startsWith("stopped");
        await().atMost(LIMIT).untilAsserted(() -> assertThat(rest.state("waiting"))
                .startsWith("waiting: waiting for sink 'absent'"));
        await().atMost(LIMIT).until(() -> rest.get("/plugins/sinks/mysql").status() == 200);
    }

    @Test
    void afterAStop() {
        container.stop();
        container.launch();
        assertAllAsBefore();
    }

    @Test
    void afterAPowerCut() {
        container.kill();
        container.launch();
        assertAllAsBefore();
    }

    @Test
    void withoutTheBundleCache() throws IOException {
        container.stop();
        container.deleteBundleCache();
        container.launch();
        assertAllAsBefore();
    }
}
