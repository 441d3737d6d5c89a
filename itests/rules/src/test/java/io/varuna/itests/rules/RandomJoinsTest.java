package io.varuna.itests.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.varuna.rulekit.RuleHarness;
import io.varuna.rulekit.RuleHarness.TestRule;
import io.varuna.testkit.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** Joins by time, and windows above windows, give what comparing all rows with all would, whatever the order and restarts. */
class RandomJoinsTest {
    private static final int ROWS = 120;
    private static final long SPAN = 60_000;
    private static final long TOLERANCE = 3_000;
    private static final long LATER = 600_000;

    /** A row of a test, of the left or right stream. */
    private record Row(boolean left, long number, long time, @Nullable Long key) {
        Map<String, @Nullable Object> values() {
            Map<String, @Nullable Object> values = new HashMap<>();
            values.put("n", number);
            values.put("ts", time);
            values.put("k", key);
            return values;
        }
    }

    @RepeatedTest(8)
    void joinsByTime(RepetitionInfo repetition) {
        Random random = Seed.random(repetition.getCurrentRepetition());
        List<Row> rows = rows(random);
        long lower = random.nextInt(8_000) - 4_000L;
        long upper = lower + random.nextInt(5_000);
        String on =
                " JOIN b ON a.k = b.k AND b.ts BETWEEN a.ts + " + lower + " AND a.ts + " + upper + " AND b.n % 3 != 0";
        assertThat(run("SELECT a.n AS x, b.n AS y FROM a INNER" + on, rows, random))
                .as("%s, %s", on, Seed.describe())
                .containsExactlyInAnyOrderElementsOf(pairs(rows, lower, upper, false));
        assertThat(run("SELECT a.n AS x, b.n AS y FROM a LEFT" + on, rows, random))
                .as("%s, %s", on, Seed.describe())
                .containsExactlyInAnyOrderElementsOf(pairs(rows, lower, upper, true));
    }

    private static List<Map<String, Object>> pairs(List<Row> rows, long lower, long upper, boolean outer) {
        List<Map<String, Object>> pairs = new ArrayList<>();
        for (Row a : rows.stream().filter(Row::left).toList()) {
            int before = pairs.size();
            for (Row b : rows.stream().filter(row -> !row.left()).toList()) {
                boolean near = b.time() >= a.time() + lower && b.time() <= a.time() + upper;
                if (near && a.key() != null && a.key().equals(b.key()) && b.number() % 3 != 0) {
                    pairs.add(Map.of("x", a.number(), "y", b.number()));
                }
            }
            if (outer && pairs.size() == before) {
                pairs.add(Map.of("x", a.number()));
            }
        }
        return pairs;
    }

    @RepeatedTest(4)
    void windowsOfWindows(RepetitionInfo repetition) {
        Random random = Seed.random(-repetition.getCurrentRepetition());
        List<Row> rows = rows(random);
        String outer = " GROUP BY TUMBLINGWINDOW(ss, 20)";
        List<Map<String, Object>> direct =
                run("SELECT sum(n) AS total, window_end() AS end FROM a WHERE n >= 0" + outer, rows, random);
        List<Map<String, Object>> nested = run(
                "SELECT sum(s) AS total, window_end() AS end FROM"
                        + " (SELECT k, sum(n) AS s FROM a WHERE n >= 0 GROUP BY k, TUMBLINGWINDOW(ss, 5)) AS i"
                        + outer,
                rows,
                random);
        assertThat(nested).as(Seed.describe()).isNotEmpty().isEqualTo(direct);
    }

    /** Returns rows that come late, but not too late. */
    private static List<Row> rows(Random random) {
        List<Row> rows = new ArrayList<>();
        Map<Row, Long> arrival = new HashMap<>();
        for (int i = 0; i < ROWS; i++) {
            Long key = random.nextInt(10) == 0 ? null : (Long) (long) random.nextInt(3);
            Row row = new Row(random.nextBoolean(), i, random.nextInt((int) SPAN), key);
            rows.add(row);
            arrival.put(row, row.time() + random.nextInt((int) TOLERANCE));
        }
        rows.sort(Comparator.comparingLong(arrival::get));
        return rows;
    }

    /** Runs a rule on rows, with a restart now and then, and moves time on until all is put out. */
    private static List<Map<String, Object>> run(String query, List<Row> rows, Random random) {
        try (RuleHarness harness = StandardPlugins.harness(Instant.EPOCH)) {
            for (String stream : List.of("a", "b")) {
                harness.execute("CREATE STREAM " + stream + " (n BIGINT, ts BIGINT, k BIGINT) WITH (DATASOURCE=\""
                        + stream + "\", TIMESTAMP=\"ts\")");
            }
            Map<String, Object> options = Map.of("isEventTime", true, "lateTolerance", TOLERANCE, "qos", 1L);
            TestRule rule = harness.start("random", query, options, Map.of("sendSingle", true));
            List<Map<String, Object>> results = new ArrayList<>();
            for (Row row : rows) {
                harness.send(row.left() ? "a" : "b", List.of(row.values()), Map.of());
                if (random.nextInt(15) == 0) {
                    rule.restart();
                }
                take(rule, results);
            }
            for (boolean left : new boolean[] {true, false}) {
                harness.send(left ? "a" : "b", List.of(new Row(left, -3, LATER, null).values()), Map.of());
            }
            take(rule, results);
            assertThat(rule.failure()).isEmpty();
            return results;
        }
    }

    private static void take(TestRule rule, List<Map<String, Object>> results) {
        for (String message : rule.takeMessages()) {
            if (Json.read(message) instanceof Map<?, ?> row) {
                @SuppressWarnings("unchecked") // an object of JSON
                Map<String, Object> result = (Map<String, Object>) row;
                results.add(result);
            }
        }
    }
}
