package io.varuna.itests.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.varuna.rulekit.RuleHarness;
import io.varuna.rulekit.RuleHarness.TestRule;
import io.varuna.testkit.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Rows of the stream {@code readings} that come a little out of order, in batches of random sizes, some after a restart. */
record Arrivals(List<Row> rows) {
    private static final long TOLERANCE = 5_000;
    private static final long LATER = 600_000;

    /** A row of a test. */
    record Row(long time, String key, long value) {
        Map<String, Object> values() {
            return Map.of("ts", time, "k", key, "v", value);
        }
    }

    /** Moves rows back by less than the tolerance. */
    static Arrivals of(List<Row> rows, Random random) {
        Map<Double, Row> moved = new TreeMap<>();
        for (Row row : rows) {
            moved.put(row.time() + random.nextDouble() * TOLERANCE * 0.99, row);
        }
        return new Arrivals(List.copyOf(moved.values()));
    }

    /** Runs a rule until all rows are in the past, by a row without key and value; returns the rows that it puts out. */
    List<Map<?, ?>> run(String query, Random random) {
        try (RuleHarness harness = StandardPlugins.harness(Instant.EPOCH)) {
            harness.execute("CREATE STREAM readings (ts BIGINT, k STRING, v BIGINT)"
                    + " WITH (DATASOURCE=\"readings\", TIMESTAMP=\"ts\")");
            Map<String, @Nullable Object> options = Map.of("isEventTime", true, "lateTolerance", TOLERANCE, "qos", 1L);
            TestRule rule = harness.start("random", query, options, Map.of());
            List<Map<?, ?>> results = new ArrayList<>();
            int next = 0;
            while (next < rows.size()) {
                int end = Math.min(rows.size(), next + 1 + random.nextInt(8));
                List<Map<String, Object>> batch =
                        rows.subList(next, end).stream().map(Row::values).toList();
                harness.send("readings", batch, Map.of());
                next = end;
                if (random.nextInt(4) == 0) {
                    rule.restart();
                }
                collect(rule, results);
            }
            harness.send("readings", List.of(new Row(LATER, "", 0).values()), Map.of());
            collect(rule, results);
            assertThat(rule.failure()).isEmpty();
            return results;
        }
    }

    private static void collect(TestRule rule, List<Map<?, ?>> results) {
        for (String message : rule.takeMessages()) {
            Object read = Json.read(message);
            for (Object row : read instanceof List<?> list ? list : Collections.emptyList()) {
                results.add((Map<?, ?>) Objects.requireNonNull(row));
            }
        }
    }

    /** Returns a whole number of a row that was put out. */
    static long number(Map<?, ?> row, String name) {
        return row.get(name) instanceof Long number ? number : Long.MIN_VALUE;
    }
}
