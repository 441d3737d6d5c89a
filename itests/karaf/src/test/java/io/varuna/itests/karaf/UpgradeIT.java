package io.varuna.itests.karaf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.varuna.itests.karaf.watch.BundleWatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Upgrades that meet something: each other, rules that ask for a version, other bundles, or the end of the container. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UpgradeIT {
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final String SINK = "/plugins/sinks/lines";

    private Container container;
    private Rest rest;

    @BeforeAll
    void start() throws IOException {
        // long enough for the container to be killed in the middle of an upgrade
        container = Container.startWith("upgrade", "-Dvaruna.plugins.health=2s");
        rest = container.rest();
        container.deploy(WatchBundle.jar());
        for (SwapJars plugin : List.of(SwapJars.SOURCE, SwapJars.CODEC, SwapJars.SINK)) {
            Rest.Answer answer = rest.post("/plugins/" + plugin.kind(), plugin.request("1.0.0"));
            assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        }
        rest.createStream("CREATE STREAM numbers (n BIGINT, k BIGINT) WITH (TYPE=\"numbers\", FORMAT=\"number\")");
        createRule("free", "");
        await().atMost(LIMIT).until(() -> Files.exists(container.home().resolve(BundleWatch.FILE)));
    }

    @AfterAll
    void stop() {
        container.close();
    }

    private void createRule(String id, String options) {
        // one in a thousand, so that the files stay small
        rest.createRule("{\"id\": \"" + id + "\", \"sql\": \"SELECT n FROM numbers WHERE n % 1000 = 0\","
                + " \"actions\": [{\"lines\": {\"path\": \"" + file(id) + "\"}}]" + options + "}");
    }

    private Path file(String rule) {
        return container.home().resolve(rule + ".txt");
    }

    /** Returns how many rows have come, and the version that wrote the last one. */
    private Progress progress(String rule) throws IOException {
        List<String> lines = Files.exists(file(rule)) ? Files.readAllLines(file(rule)) : List.of();
        String last = lines.isEmpty() ? "" : lines.get(lines.size() - 1);
        return new Progress(lines.size(), last.substring(last.lastIndexOf(' ') + 1));
    }

    private record Progress(int rows, String version) {}

    /** Waits until a rule goes on, and returns the version with which it does. */
    private String goesOnWith(String rule) throws IOException {
        int before = progress(rule).rows();
        await().atMost(LIMIT).until(() -> progress(rule).rows() > before + 2);
        assertThat(rest.state(rule)).startsWith("running");
        return progress(rule).version();
    }

    private String installed() {
        return String.valueOf(rest.get(SINK).json().get("version"));
    }

    private Rest.Answer upgrade(String version) {
        return rest.put(SINK, SwapJars.SINK.request(version));
    }

    private List<Rest.Answer> upgradeAtOnce(String one, String other) {
        CompletableFuture<Rest.Answer> first = CompletableFuture.supplyAsync(() -> upgrade(one));
        Rest.Answer second = upgrade(other);
        return List.of(first.join(), second);
    }

    @Test
    void upgradesAtOnceFollowEachOther() throws IOException {
        List<Rest.Answer> answers = upgradeAtOnce("2.1.0", "2.2.0");

        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            assertThat(answer.body()).contains("rule 'free': swap");
        });
        assertThat(installed()).isIn("2.1.0", "2.2.0").isEqualTo(goesOnWith("free"));
    }

    @Test
    void sameUpgradeAtOnceIsDoneOnce() throws IOException {
        List<Rest.Answer> answers = upgradeAtOnce("3.0.0", "3.0.0");

        assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(1);
        assertThat(answers)
                .filteredOn(answer -> answer.status() != 200)
                .singleElement()
                .satisfies(answer -> assertThat(answer.body()).contains("'lines' 3.0.0 is installed already"));
        assertThat(installed()).isEqualTo("3.0.0").isEqualTo(goesOnWith("free"));
    }

    @Test
    void ruleThatAsksForAVersionKeepsItBesideOthers() throws IOException {
        String before = installed();
        createRule("pinned", ", \"options\": {\"plugins\": {\"lines\": \"" + before + "\"}}");
        assertThat(goesOnWith("pinned")).isEqualTo(before);

        Rest.Answer answer = upgrade("4.0.0");

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).contains("rule 'free': swap", "rule 'pinned': none");
        assertThat(goesOnWith("free")).isEqualTo("4.0.0");
        assertThat(goesOnWith("pinned")).isEqualTo(before);
        Path wanted = container.home().resolve("store/plugins/wanted.json");
        assertThat(wanted).content().contains("BESIDE");

        rest.delete("/rules/pinned");

        // the version goes with the last rule that asked for it
        await().atMost(LIMIT).untilAsserted(() -> assertThat(wanted).content().doesNotContain("BESIDE"));
    }

    @Test
    void noOtherBundleIsTouched() throws IOException {
        Path touched = container.home().resolve(BundleWatch.FILE);
        int before = Files.readAllLines(touched).size();

        assertThat(upgrade("5.0.0").status()).isEqualTo(200);
        assertThat(rest.post(SINK + "/rollback", "").status()).isEqualTo(200);

        List<String> lines = Files.readAllLines(touched);
        assertThat(lines.subList(before, lines.size())).isNotEmpty().containsOnly("io.varuna.plugin.lines");
    }

    @Test
    void upgradeThatIsCutOffLeavesAVersionThatRuns() throws IOException {
        String before = installed();
        CompletableFuture<Void> cutOff = CompletableFuture.supplyAsync(() -> upgrade("6.0.0"))
                .handle((answer, lost) -> {
                    assertThat(lost).as("%s", answer).isNotNull();
                    return null;
                });
        // the new version writes, and is being watched
        await().atMost(LIMIT)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> progress("free").version().equals("6.0.0"));

        container.kill();
        cutOff.join();
        container.launch();

        assertThat(goesOnWith("free")).isEqualTo(before).isEqualTo(installed());
        assertThat(upgrade("6.0.0").status()).isEqualTo(200);
        assertThat(goesOnWith("free")).isEqualTo("6.0.0");
    }
}
