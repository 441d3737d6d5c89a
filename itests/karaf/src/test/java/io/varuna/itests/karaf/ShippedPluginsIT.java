package io.varuna.itests.karaf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.jr.ob.JSON;
import io.varuna.itests.karaf.watch.BundleWatch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Each plugin of the distribution is exchanged, many of them in use, without harm to others and without a trace. */
class ShippedPluginsIT {
    private static final Duration LIMIT = Duration.ofMinutes(1);

    /** A plugin as the catalogue has it: its name, and the first thing that it offers. */
    private record Shipped(String plugin, String kind, String name) {
        static Shipped of(Map<?, ?> entry) {
            Map<?, ?> offers = (Map<?, ?>) Objects.requireNonNull(entry.get("offers"));
            Map.Entry<?, ?> first = offers.entrySet().iterator().next();
            return new Shipped(
                    String.valueOf(entry.get("name")),
                    String.valueOf(first.getKey()),
                    String.valueOf(((List<?>) first.getValue()).get(0)));
        }

        String path() {
            return "/plugins/" + kind + "/" + name;
        }
    }

    @Test
    void anUpgradeOfAnyTouchesNoOtherBundleAndLeavesNoClassLoader() throws IOException {
        try (Broker broker = new Broker("shipped");
                Container container = Container.startWith("shipped", "-Dvaruna.plugins.health=100ms")) {
            container.deploy(WatchBundle.jar());
            Path touched = container.home().resolve(BundleWatch.FILE);
            await().atMost(LIMIT).until(() -> Files.exists(touched));
            List<Shipped> plugins = shipped(container.rest());
            assertThat(plugins).hasSizeGreaterThan(15);
            // from here on they are all of one kind, which an upgrade uninstalls
            plugins.forEach(plugin -> ownInstallation(container.rest(), plugin));
            startRule(container, broker);
            JavaProcess process = new JavaProcess(container.pid());
            long loaders = process.bundleLoaders();

            for (Shipped plugin : plugins) {
                upgrade(container, plugin);
                await(plugin.plugin() + " lets go").atMost(LIMIT).untilAsserted(() -> {
                    // a stream lets go of its former codec with the next batch
                    publish(broker);
                    assertThat(process.bundleLoaders()).isLessThanOrEqualTo(loaders);
                });
            }

            assertThat(container.rest().state("r")).startsWith("running");
            assertThat(container.rest().figure("r", "lastStopTimestamp")).isZero();
        }
    }

    private static void upgrade(Container container, Shipped plugin) {
        try {
            Path touched = container.home().resolve(BundleWatch.FILE);
            int before = Files.readAllLines(touched).size();
            Rest.Answer answer = container.rest().put(plugin.path(), next(plugin));
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            List<String> lines = Files.readAllLines(touched);
            assertThat(lines.subList(before, lines.size()))
                    .isNotEmpty()
                    .containsOnly("io.varuna.plugin." + plugin.plugin());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Shipped> shipped(Rest rest) {
        try {
            return JSON.std.listFrom(rest.get("/plugins/available").body()).stream()
                    .map(entry -> Shipped.of((Map<?, ?>) entry))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void ownInstallation(Rest rest, Shipped plugin) {
        rest.delete(plugin.path() + "?force=true");
        Rest.Answer answer = rest.post("/plugins/" + plugin.kind(), Rest.json(Map.of("name", plugin.name())));
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    }

    /** Reads from a broker, calls functions of several plugins, and writes by several sinks. */
    private static void startRule(Container container, Broker broker) {
        String server = "\"server\": \"" + broker.address() + "\"";
        container
                .rest()
                .createStream(
                        "CREATE STREAM demo () WITH (DATASOURCE=\"demo\", FORMAT=\"json\", TYPE=\"mqtt\", EXTRA=\""
                                + ("{" + server + "}").replace("\"", "\\\"") + "\")");
        container
                .rest()
                .createRule("{\"id\": \"r\", \"sql\": \"SELECT abs(id) AS a, upper('x') AS u, lag(id) AS l, now() AS n"
                        + " FROM demo\", \"actions\": [{\"log\": {}}, {\"nop\": {}}, {\"memory\": {\"topic\": \"t\"}},"
                        + " {\"mqtt\": {" + server + ", \"topic\": \"out\"}}]}");
        await().atMost(LIMIT).until(() -> container.rest().figure("r", "source_demo_0_connection_status") == 1);
        publish(broker);
        await().atMost(LIMIT).until(() -> container.rest().figure("r", "source_demo_0_records_in_total") == 10);
    }

    private static void publish(Broker broker) {
        try (Publisher publisher = new Publisher(broker.address())) {
            publisher.publish("demo", 0, 10, id -> "{\"id\": " + id + "}");
        }
    }

    private static String next(Shipped plugin) throws IOException {
        return Rest.json(Map.of(
                "file",
                NextVersion.of(Container.pluginJar(plugin.plugin())).toUri().toString()));
    }
}
