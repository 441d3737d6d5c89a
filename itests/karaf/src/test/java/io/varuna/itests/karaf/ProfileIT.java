package io.varuna.itests.karaf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Properties of a source that lie in a zip beside the plugin, in eKuiper's form. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProfileIT {
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final String PROFILES = "/metadata/sources/yaml/numbers";

    private Container container;

    @BeforeAll
    void start() {
        container = Container.start("profile");
        for (SwapJars plugin : List.of(SwapJars.CODEC, SwapJars.SINK)) {
            container.rest().post("/plugins/" + plugin.kind(), plugin.request("1.0.0"));
        }
    }

    @AfterAll
    void stop() {
        container.close();
    }

    private static String zip(String yaml) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("numbers.jar", Files.readAllBytes(SwapJars.SOURCE.jar("1.0.0")));
        entries.put("numbers.yaml", yaml.getBytes(StandardCharsets.UTF_8));
        Path zip = Zips.of("numbers-with-profiles", entries);
        return Rest.json(Map.of("name", "numbers", "file", zip.toUri().toString()));
    }

    private String firstLine() throws IOException {
        Path file = container.home().resolve("lab.txt");
        await().atMost(LIMIT)
                .until(() -> Files.exists(file) && !Files.readAllLines(file).isEmpty());
        return Files.readAllLines(file).get(0);
    }

    private void startAnew() throws IOException {
        container.rest().post("/rules/lab/stop", "");
        Files.deleteIfExists(container.home().resolve("lab.txt"));
        container.rest().post("/rules/lab/start", "");
    }

    @Test
    void becomeProfilesThatTheUserCanOverride() throws IOException {
        Rest rest = container.rest();
        Rest.Answer broken = rest.post("/plugins/sources", zip("default:\n  first: [0\n"));
        assertThat(broken.status()).isEqualTo(400);
        assertThat(broken.body()).contains("'numbers.yaml' of the file cannot be read: it is not YAML", "in line 3");
        assertThat(rest.get("/plugins/sources/numbers").status()).isEqualTo(404);

        Rest.Answer answer = rest.post("/plugins/sources", zip("default:\n  first: 7\nlab:\n  first: 1000\n"));
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        assertThat(rest.get(PROFILES).body()).isEqualTo("{\"default\":{\"first\":7},\"lab\":{\"first\":1000}}");
        rest.createStream("CREATE STREAM lab (n BIGINT, k BIGINT) WITH (TYPE=\"numbers\", FORMAT=\"number\","
                + " CONF_KEY=\"lab\")");
        rest.createRule("{\"id\": \"lab\", \"sql\": \"SELECT n FROM lab\", \"actions\": [{\"lines\": {\"path\": \""
                + container.home().resolve("lab.txt") + "\"}}]}");
        assertThat(firstLine()).startsWith("{n=1000}");

        Path own = Files.writeString(
                container.home().resolve("etc/io.varuna.profile-lab.cfg"),
                "profile.kind = source\nprofile.type = numbers\nprofile.name = lab\nfirst = 5000\n");
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(rest.get(PROFILES).body()).contains("\"lab\":{\"first\":\"5000\"}"));
        startAnew();
        assertThat(firstLine()).startsWith("{n=5000}");

        Files.delete(own);
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(rest.get(PROFILES).body()).contains("\"lab\":{\"first\":1000}"));
        container.kill();
        Files.deleteIfExists(container.home().resolve("lab.txt"));
        container.launch();
        assertThat(firstLine()).startsWith("{n=1000}");

        assertThat(rest.delete("/plugins/sources/numbers?force=true").status()).isEqualTo(200);
        assertThat(rest.get(PROFILES).status()).isEqualTo(404);
    }
}
