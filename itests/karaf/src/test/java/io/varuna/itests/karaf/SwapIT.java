package io.varuna.itests.karaf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The plugins of running rules are exchanged: nothing is lost, nothing comes twice, nothing stays behind. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SwapIT {
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final List<SwapJars> PLUGINS =
            List.of(SwapJars.SOURCE, SwapJars.CODEC, SwapJars.SINK, SwapJars.FUNCTIONS, SwapJars.LOOKUP);
    private static final List<String> RULES = List.of("plain", "windows", "joined", "spread");
    private static final Pattern FIELD = Pattern.compile("(\\w+)=([^,}]+)");
    /** A version of the functions that does not read the state of 1.0.0. */
    private static final String REFUSED = "3.0.0";

    /** Each exchanges five plugins. */
    private static final int ROUNDS = 12;

    private Container container;

    @BeforeAll
    void start() {
        container = Container.startWith("swap", "-Dvaruna.plugins.health=300ms");
        for (SwapJars plugin : PLUGINS) {
            Rest.Answer answer = container.rest().post("/plugins/" + plugin.kind(), plugin.request("1.0.0"));
            assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        }
        container
                .rest()
                .createStream("CREATE STREAM numbers (n BIGINT, k BIGINT) WITH (TYPE=\"numbers\", FORMAT=\"number\")");
        container
                .rest()
                .createTable(
                        "CREATE TABLE codes (k BIGINT, code STRING) WITH (TYPE=\"codes\", KIND=\"lookup\", KEY=\"k\")");
    }

    @AfterAll
    void stop() {
        container.close();
    }

    /** Every test begins with version 1.0.0 of all plugins, and ends with it. */
    @BeforeEach
    void createRules() throws IOException {
        for (String rule : RULES) {
            Files.deleteIfExists(file(rule));
        }
        createRule("plain", "SELECT n, labelled(n) AS label, seen(n) AS seen FROM numbers");
        createRule(
                "windows",
                "SELECT k, tally(n) AS total, min(n) AS low, max(n) AS high FROM numbers GROUP BY k, TUMBLINGWINDOW(ss, 10)");
        createRule(
                "joined",
                "SELECT numbers.n AS n, codes.code AS code, labelled(numbers.n) AS label FROM numbers INNER JOIN codes ON numbers.k = codes.k");
        createRule("spread", "SELECT n, halves(n) FROM numbers");
        await().atMost(LIMIT).until(() -> lines("plain").size() > 1000);
    }

    @AfterEach
    void deleteRules() {
        RULES.forEach(rule -> container.rest().delete("/rules/" + rule));
    }

    private void createRule(String id, String sql) {
        container
                .rest()
                .createRule("{\"id\": \"" + id + "\", \"sql\": \"" + sql + "\", \"actions\": [{\"lines\": {\"path\": \""
                        + file(id) + "\"}}]}");
    }

    private Path file(String rule) {
        return container.home().resolve(rule + ".txt");
    }

    private List<String> lines(String rule) throws IOException {
        return Files.exists(file(rule)) ? Files.readAllLines(file(rule)) : List.of();
    }

    private static Map<String, String> fields(String line) {
        Map<String, String> fields = new HashMap<>();
        Matcher matcher = FIELD.matcher(line);
        while (matcher.find()) {
            fields.put(matcher.group(1), matcher.group(2));
        }
        return fields;
    }

    private static long number(Map<String, String> fields, String name) {
        return Long.parseLong(fields.getOrDefault(name, "-1"));
    }

    private void upgrade(SwapJars plugin, String version) {
        Rest.Answer answer =
                container.rest().put("/plugins/" + plugin.kind() + "/" + plugin.name(), plugin.request(version));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).contains("rule 'joined': swap");
        assertThat(container
                        .rest()
                        .get("/plugins/" + plugin.kind() + "/" + plugin.name())
                        .body())
                .contains("\"version\":\"" + version + "\"");
    }

    private void rollback(SwapJars plugin) {
        Rest.Answer answer = container.rest().post("/plugins/" + plugin.kind() + "/" + plugin.name() + "/rollback", "");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).contains("\"reaction\":\"swap\"").doesNotContain("refused");
    }

    @Test
    void nothingIsLostOrDoubledByUpgradesAndReturns() throws IOException {
        PLUGINS.forEach(plugin -> upgrade(plugin, "1.1.0"));
        long windows = lines("windows").size();
        await().atMost(LIMIT).until(() -> lines("windows").size() >= windows + 4);
        PLUGINS.forEach(this::rollback);
        long afterwards = lines("windows").size();
        await().atMost(LIMIT).until(() -> lines("windows").size() >= afterwards + 4);
        refuseWhatDoesNotOpen();
        refuseWhatDoesNotTakeOverTheState();
        for (String rule : RULES) {
            assertThat(container.rest().state(rule)).startsWith("running");
            assertThat(container.rest().figure(rule, "lastStopTimestamp")).isZero();
            container.rest().post("/rules/" + rule + "/stop", "");
        }

        checkPlain();
        assertThat(changes(lines("plain").stream()
                        .map(line -> fields(line).getOrDefault("label", ""))
                        .toList()))
                .containsExactly("1.0.0", "1.1.0", "1.0.0");
        assertThat(changes(lines("plain").stream()
                        .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                        .toList()))
                .containsExactly("1.0.0", "1.1.0", "1.0.0");
        checkWindows();
        checkJoined();
        checkSpread();
    }

    /** Every number has its row of the table, whichever version was asked. */
    private void checkJoined() throws IOException {
        checkNumbers("joined");
        assertThat(changes(lines("joined").stream()
                        .map(line -> fields(line).getOrDefault("code", ""))
                        .toList()))
                .containsExactly("1.0.0/1.0.0", "1.1.0/1.1.0", "1.0.0/1.0.0");
    }

    private void checkSpread() throws IOException {
        checkHalves();
        assertThat(changes(lines("spread").stream()
                        .map(line -> fields(line).getOrDefault("version", ""))
                        .toList()))
                .containsExactly("1.0.0", "1.1.0", "1.0.0");
    }

    @Test
    void rulesThatHadToWaitGoOnWhereTheyWere() throws IOException {
        for (SwapJars plugin : PLUGINS) {
            String path = "/plugins/" + plugin.kind() + "/" + plugin.name();
            Rest.Answer gone = container.rest().delete(path + "?force=true");
            assertThat(gone.status()).as(gone.body()).isEqualTo(200);
            await().atMost(LIMIT)
                    .untilAsserted(
                            () -> assertThat(container.rest().state("joined")).startsWith("waiting"));
            Rest.Answer back = container.rest().post("/plugins/" + plugin.kind(), plugin.request("1.0.0"));
            assertThat(back.status()).as(back.body()).isEqualTo(201);
            RULES.forEach(rule -> await().atMost(LIMIT)
                    .untilAsserted(
                            () -> assertThat(container.rest().state(rule)).startsWith("running")));
        }
        long windows = lines("windows").size();
        await().atMost(LIMIT).until(() -> lines("windows").size() >= windows + 4);
        RULES.forEach(rule -> container.rest().post("/rules/" + rule + "/stop", ""));

        checkPlain();
        checkWindows();
        checkNumbers("joined");
        checkHalves();
    }

    /** Every number has come once, in order, and its function has counted all before it. */
    private void checkPlain() throws IOException {
        checkNumbers("plain");
        List<String> lines = lines("plain");
        assertThat(lines.stream()
                        .mapToLong(line -> number(fields(line), "seen"))
                        .toArray())
                .isEqualTo(LongStream.rangeClosed(1, lines.size()).toArray());
    }

    private void checkNumbers(String rule) throws IOException {
        List<Map<String, String>> rows =
                lines(rule).stream().map(SwapIT::fields).toList();
        assertThat(rows.stream().mapToLong(row -> number(row, "n")).toArray())
                .isEqualTo(LongStream.range(0, rows.size()).toArray());
    }

    private void checkHalves() throws IOException {
        List<Map<String, String>> rows =
                lines("spread").stream().map(SwapIT::fields).toList();
        assertThat(rows.stream()
                        .mapToLong(row -> 2 * number(row, "n") + number(row, "half"))
                        .toArray())
                .isEqualTo(LongStream.range(0, rows.size()).toArray());
    }

    private void refuseWhatDoesNotTakeOverTheState() {
        Rest.Answer answer = container.rest().put("/plugins/functions/tallies", SwapJars.FUNCTIONS.request(REFUSED));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body())
                .contains(
                        "cannot take over",
                        "rule 'windows': functions",
                        "states of version 1 are not read any more",
                        "All rules stay");
        assertThat(container.rest().get("/plugins/functions/tallies").body()).contains("\"version\":\"1.0.0\"");
    }

    /** Every key's windows follow each other without a gap, and the sums are those of all numbers in between. */
    private void checkWindows() throws IOException {
        Map<Long, Long> next = new HashMap<>();
        for (String line : lines("windows")) {
            Map<String, String> window = fields(line);
            long key = number(window, "k");
            long low = number(window, "low");
            long high = number(window, "high");
            assertThat(low).as(line).isEqualTo(next.getOrDefault(key, key));
            assertThat(number(window, "total")).as(line).isEqualTo((low + high) * ((high - low) / 4 + 1) / 2);
            next.put(key, high + 4);
        }
        assertThat(next).hasSize(4);
    }

    private void refuseWhatDoesNotOpen() {
        Rest.Answer answer = container.rest().put("/plugins/sinks/lines", SwapJars.SINK.request("6.6.6"));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body())
                .contains("cannot take over", "rule 'plain': sink 'lines_0': out of order", "All rules stay");
        assertThat(container.rest().get("/plugins/sinks/lines").body()).contains("\"version\":\"1.0.0\"");
    }

    /** Returns the versions that followed each other; that which one rule refused may have served others until it did. */
    private static List<String> changes(List<String> values) {
        List<String> changes = new ArrayList<>();
        for (String value : values) {
            if (value.equals(REFUSED)) {
                continue;
            }
            if (changes.isEmpty() || !changes.get(changes.size() - 1).equals(value)) {
                changes.add(value);
            }
        }
        return changes;
    }

    @Test
    void nothingStaysBehind() {
        PLUGINS.forEach(plugin -> upgrade(plugin, "1.1.0"));
        PLUGINS.forEach(this::rollback);
        JavaProcess process = new JavaProcess(container.pid());
        long loaders = process.bundleLoaders();
        long bundles = process.bundles();
        long threads = process.threads();

        for (int round = 0; round < ROUNDS; round++) {
            PLUGINS.forEach(this::rollback);
        }

        await().atMost(LIMIT).untilAsserted(() -> {
            assertThat(process.bundleLoaders()).isLessThanOrEqualTo(loaders);
            // the framework forgets the last one that went when it is asked for the next
            assertThat(process.bundles()).isLessThanOrEqualTo(bundles + 1);
            // what pools need more at one moment than at another
            assertThat(process.threads()).isLessThanOrEqualTo(threads + 3);
        });
    }
}
