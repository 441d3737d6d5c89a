package io.varuna.itests.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.varuna.rulekit.RuleHarness;
import io.varuna.rulekit.RuleHarness.TestRule;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** How rows come in batches, and when the rule is restarted, says nothing about results. */
class RandomSplitsTest {
    private static final int ROWS = 200;
    private static final String WINDOW = " FROM rows GROUP BY COUNTWINDOW(" + ROWS + ")";
    private static final List<String> QUERIES = List.of(
            "SELECT count(*) AS n, count(a) AS some, sum(a) AS whole, avg(a) AS mean, min(a) AS least, max(b) AS most"
                    + WINDOW,
            "SELECT sum(b) AS total, avg(b) AS mean, stddev(b) AS deviation, median(b) AS middle" + WINDOW,
            "SELECT k, count(*) AS n, sum(a) AS total, collect(a) AS all_of_them FROM rows GROUP BY k, COUNTWINDOW("
                    + ROWS + ") ORDER BY k",
            "SELECT k, sum(a) AS total FROM rows WHERE a > 10 GROUP BY k, COUNTWINDOW(50, 10)",
            "SELECT a, lag(a) OVER (PARTITION BY k) AS before, acc_sum(b) OVER (WHEN a > 50) AS total FROM rows"
                    + " WHERE last_hit_count() < 90",
            "SELECT a - lag(a) AS rise FROM rows WHERE had_changed(true, k)");

    @RepeatedTest(5)
    void resultsAreTheSame(RepetitionInfo repetition) {
        Random random = Seed.random(repetition.getCurrentRepetition());
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            Map<String, @Nullable Object> row = new LinkedHashMap<>();
            row.put("k", "key" + random.nextInt(3));
            row.put("a", random.nextInt(10) == 0 ? null : (long) random.nextInt(100));
            // sums of quarters are exact
            row.put("b", random.nextInt(400) / 4.0);
            rows.add(row);
        }
        for (String query : QUERIES) {
            List<String> whole = run(query, rows, ROWS, random);
            assertThat(whole).as(query).isNotEmpty();
            for (int most : new int[] {1, 3, 40}) {
                assertThat(run(query, rows, most, random))
                        .as("%s in batches of up to %d, %s", query, most, Seed.describe())
                        .isEqualTo(whole);
            }
        }
    }

    @RepeatedTest(5)
    void sumsOfWholeNumbersAreExact(RepetitionInfo repetition) {
        Random random = Seed.random(-repetition.getCurrentRepetition());
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        BigDecimal sum = BigDecimal.ZERO;
        for (int i = 0; i < ROWS; i++) {
            long value = random.nextLong() / ROWS;
            sum = sum.add(BigDecimal.valueOf(value));
            rows.add(Map.of("a", value));
        }
        assertThat(run("SELECT sum(a) AS total" + WINDOW, rows, 7, random))
                .as(Seed.describe())
                .containsExactly("[{\"total\":" + sum + "}]");
    }

    /** Runs a rule on rows in batches of random sizes, with a restart after each tenth or so. */
    private static List<String> run(String query, List<Map<String, @Nullable Object>> rows, int most, Random random) {
        try (RuleHarness harness = StandardPlugins.harness(Instant.EPOCH)) {
            harness.execute("CREATE STREAM rows () WITH (DATASOURCE=\"rows\")");
            TestRule rule = harness.start("split", query, Map.of("qos", 1L), Map.of());
            List<String> messages = new ArrayList<>();
            int next = 0;
            while (next < rows.size()) {
                int end = most == rows.size() ? most : Math.min(rows.size(), next + 1 + random.nextInt(most));
                harness.send("rows", rows.subList(next, end), Map.of());
                next = end;
                if (most < rows.size() && random.nextInt(10) == 0) {
                    rule.restart();
                }
                messages.addAll(rule.takeMessages());
            }
            assertThat(rule.failure()).isEmpty();
            return messages;
        }
    }
}
