package io.varuna.itests.karaf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.jr.ob.JSON;
import io.varuna.itests.karaf.Rest.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** The catalogue of the distribution, as a user meets it. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CatalogIT {
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private static Container container;
    private static Rest rest;

    @BeforeAll
    static void start() {
        container = Container.start("catalog");
        rest = container.rest();
        rest.createStream("CREATE STREAM ticks () WITH (TYPE=\"simulator\", FORMAT=\"json\","
                + " EXTRA=\"{\\\"data\\\": [{\\\"n\\\": 1}], \\\"interval\\\": \\\"100ms\\\", \\\"loop\\\": true}\")");
    }

    @AfterAll
    static void stop() {
        container.close();
    }

    @Test
    @Order(1)
    void aRuleThatWaitsSaysHowToGetThePlugin() {
        rest.createRule("{\"id\": \"stored\", \"sql\": \"SELECT n FROM ticks\", \"actions\": [{\"mysql\":"
                + " {\"url\": \"user:test@tcp(localhost:1)/user\", \"table\": \"t\"}}]}");

        await().atMost(LIMIT).untilAsserted(() -> assertThat(rest.state("stored"))
                .startsWith("waiting: waiting for sink 'mysql'")
                .contains("Plugin 'mysql' 1.0.0 has sink 'mysql': install it with plugin:install mysql"));

        assertThat(rest.delete("/rules/stored").status()).isEqualTo(200);
    }

    @Test
    @Order(2)
    void anUnknownFunctionSaysWhichPluginHasIt() {
        assertThat(rest.delete("/plugins/functions/functions-hash?force=true").status())
                .isEqualTo(200);

        Answer refused = rest.post(
                "/rules",
                "{\"id\": \"hashed\", \"sql\": \"SELECT md5(n) AS h FROM ticks\", \"actions\": [{\"nop\": {}}]}");

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body())
                .contains("There is no function 'md5'")
                .contains(
                        "Plugin 'functions-hash' 1.0.0 has function 'md5': install it with plugin:install functions-hash");
        assertThat(install("functions", "md5").status()).isEqualTo(201);
        rest.createRule(
                "{\"id\": \"hashed\", \"sql\": \"SELECT md5(n) AS h FROM ticks\", \"actions\": [{\"nop\": {}}]}");
        assertThat(rest.delete("/rules/hashed").status()).isEqualTo(200);
    }

    @Test
    @Order(3)
    void everyPluginIsInstalledFromIt() throws IOException {
        List<Object> available =
                JSON.std.listFrom(rest.get("/plugins/available").body());
        assertThat(available).hasSizeGreaterThan(20);
        for (Object each : available) {
            Map<String, Object> plugin = members(each);
            assertThat(plugin).containsEntry("fits", true).containsEntry("signer", "the distribution");
            String name = String.valueOf(plugin.get("name"));
            Map.Entry<String, Object> offer =
                    members(plugin.get("offers")).entrySet().iterator().next();
            String kind = offer.getKey();
            String offered = String.valueOf(((List<?>) offer.getValue()).get(0));
            if (rest.get("/plugins/" + kind + "/" + offered).status() == 200) {
                Answer removed = rest.delete("/plugins/" + kind + "/" + offered + "?force=true");
                assertThat(removed.status()).as(name + ": " + removed.body()).isEqualTo(200);
            }
            assertThat(rest.get("/plugins/" + kind).body()).as(name).doesNotContain("\"" + offered + "\"");

            Answer installed = install(kind, offered);

            assertThat(installed.status()).as(name + ": " + installed.body()).isEqualTo(201);
            members(plugin.get("offers")).forEach((every, names) -> assertThat(
                            rest.get("/plugins/" + every).body())
                    .as(name)
                    .contains(((List<?>) names).stream().map(String::valueOf).toList()));
        }
    }

    @Test
    @Order(4)
    void enforcedSignaturesLeaveTheCatalogueAndNothingElse() throws IOException {
        assertThat(rest.delete("/plugins/sinks/mysql?force=true").status()).isEqualTo(200);
        container.stop();
        Files.writeString(container.home().resolve("etc/io.varuna.plugins.cfg"), "signature = enforce\n");
        container.launch();
        Path zip = Zips.of(
                "unsigned",
                Map.of(
                        "mysql.jar", Files.readAllBytes(Container.pluginJar("mysql")),
                        "more.jar", Zips.bundle("org.example.more")));

        Answer refused = rest.post(
                "/plugins/sinks",
                Rest.json(Map.of("name", "mysql", "file", zip.toUri().toString())));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body())
                .contains(
                        "Plugin 'org.example.more' 1.0.0 is not signed. Only plugins of trusted signers are installed");
        assertThat(install("sinks", "mysql").status()).isEqualTo(201);
    }

    @Test
    @Order(5)
    void aPluginCanBeSentItself() throws IOException {
        assertThat(rest.delete("/plugins/sinks/mysql?force=true").status()).isEqualTo(200);

        Answer answer = rest.upload("/plugins/sinks/mysql", Container.pluginJar("mysql"));

        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        assertThat(rest.get("/plugins/sinks/mysql").status()).isEqualTo(200);
    }

    @Test
    @Order(6)
    void aKarWithAllPluginsIsACatalogue() throws IOException {
        assertThat(rest.delete("/plugins/sinks/mysql?force=true").status()).isEqualTo(200);
        container.stop();
        Files.delete(container.home().resolve("catalog/index.jar"));
        Files.writeString(
                container.home().resolve("etc/io.varuna.plugins.cfg"),
                "signature = warn\ncatalogs = " + Container.allPlugins() + "\n");
        container.launch();

        assertThat(install("sinks", "mysql").status()).isEqualTo(201);
        assertThat(rest.get("/plugins/sinks/prebuild").json()).containsEntry("mysql", "catalog:mysql/1.0.0");
    }

    private static Answer install(String kind, String name) {
        return rest.post("/plugins/" + kind, Rest.json(Map.of("name", name)));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> members(@Nullable Object value) {
        return (Map<String, Object>) Objects.requireNonNull(value);
    }
}
