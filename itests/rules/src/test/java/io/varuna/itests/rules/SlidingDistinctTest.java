package io.varuna.itests.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.varuna.rulekit.RuleHarness;
import io.varuna.rulekit.RuleHarness.TestRule;
import io.varuna.testkit.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Aggregates of distinct values in windows that lose rows one by one are those of the rows that are left, in their order. */
class SlidingDistinctTest {
    private static final int ROWS = 80;
    private static final int SECONDS = 10;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void distinctValuesAreThoseOfTheRowsThatAreLeft(int run) {
        Random random = Seed.random(run);
        String query = "SELECT collect(DISTINCT v) AS all, sum(DISTINCT v) AS total, count(DISTINCT v) AS n,"
                + " median(DISTINCT v) AS middle, last_value(DISTINCT v, true) AS newest, max(DISTINCT v) AS most,"
                + " collect(DISTINCT v) FILTER (WHERE v > 2) AS large"
                + " FROM rows GROUP BY SLIDINGWINDOW(ss, " + SECONDS + ")";
        try (RuleHarness harness = StandardPlugins.harness(Instant.EPOCH)) {
            harness.execute("CREATE STREAM rows (v BIGINT) WITH (DATASOURCE=\"rows\")");
            TestRule rule = harness.start("random", query, Map.of("qos", 1L), Map.of());
            List<Long> values = new ArrayList<>();
            for (int second = 1; second <= ROWS; second++) {
                values.add((long) random.nextInt(5));
                harness.advanceTo(Instant.ofEpochSecond(second));
                harness.send("rows", List.of(Map.of("v", values.get(second - 1))), Map.of());
                // the oldest row of a sliding window is as long ago as the window is
                List<Long> window = values.subList(Math.max(0, second - SECONDS - 1), second);
                assertThat(rule.takeMessages())
                        .as("second %s of run %s, %s", second, run, Seed.describe())
                        .containsExactly(Json.write(List.of(expected(window))));
                if (random.nextInt(6) == 0) {
                    rule.restart();
                }
            }
            assertThat(rule.failure()).isEmpty();
        }
    }

    private static Map<String, Object> expected(List<Long> window) {
        Collection<Long> distinct = new LinkedHashSet<>(window);
        List<Long> sorted = List.copyOf(new TreeSet<>(window));
        int middle = sorted.size() / 2;
        double mean = (sorted.get((sorted.size() - 1) / 2) + sorted.get(middle)) / 2.0;
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("all", List.copyOf(distinct));
        row.put("total", distinct.stream().mapToLong(Long::longValue).sum());
        row.put("n", (long) distinct.size());
        row.put("middle", mean == (long) mean ? (Object) (long) mean : (Object) mean);
        row.put("newest", List.copyOf(distinct).get(distinct.size() - 1));
        row.put("most", sorted.get(sorted.size() - 1));
        row.put("large", distinct.stream().filter(value -> value > 2).toList());
        return row;
    }
}
