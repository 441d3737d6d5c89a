package io.varuna.itests.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.varuna.api.error.VarunaException;
import io.varuna.itests.rules.Reference.Failure;
import io.varuna.itests.rules.Reference.Tree;
import io.varuna.rulekit.RuleHarness;
import io.varuna.rulekit.RuleHarness.TestRule;
import io.varuna.testkit.Json;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Random expressions have, planned and run by the engine, the values that they have by the manual, or are errors as there. */
class ReferenceTest {
    private static final Logger LOG = LoggerFactory.getLogger(ReferenceTest.class);
    private static final int EXPRESSIONS = Integer.getInteger("varuna.rounds", 200);
    private static final int ROWS = 30;
    private static final int DIGITS = 12;
    private static final String FAILED = "error";

    private RuleHarness harness;

    @BeforeEach
    void open() {
        harness = StandardPlugins.harness(Instant.EPOCH);
        harness.execute("CREATE STREAM declared (id BIGINT, n BIGINT, m BIGINT, d FLOAT, e FLOAT, s STRING, t STRING,"
                + " f BOOLEAN, g BOOLEAN) WITH (DATASOURCE=\"declared\")");
        harness.execute("CREATE STREAM untyped () WITH (DATASOURCE=\"untyped\")");
    }

    @AfterEach
    void close() {
        harness.close();
    }

    @ParameterizedTest
    @CsvSource({"true, rule", "true, standard", "false, rule", "false, standard"})
    void valuesAreThoseOfTheReference(boolean declared, String dialect) {
        String stream = declared ? "declared" : "untyped";
        boolean standard = dialect.equals("standard");
        List<String> differences = new ArrayList<>();
        int[] seen = new int[3];
        for (int run = 0; run < EXPRESSIONS; run++) {
            Random random = Seed.random((declared + dialect).hashCode() + run);
            RandomExpressions expressions = new RandomExpressions(random, declared);
            boolean condition = run % 3 == 0;
            Tree tree = condition ? expressions.condition(4) : expressions.any(4);
            List<Map<String, @Nullable Object>> rows = rows(declared, random);
            String query = condition
                    ? "SELECT id, 'yes' AS r FROM " + stream + " WHERE " + tree.sql()
                    : "SELECT id, " + tree.sql() + " AS r FROM " + stream;
            Results results = results(query, stream, dialect, rows);
            int failures = 0;
            String difference = "";
            for (Map<String, @Nullable Object> row : rows) {
                Object value = expected(tree, new Reference.Row(row, standard), condition);
                seen[FAILED.equals(value) ? 0 : value == null ? 1 : 2]++;
                failures += FAILED.equals(value) ? 1 : 0;
                Object missing = condition && !FAILED.equals(value) ? null : FAILED;
                Object found = results.values().getOrDefault(row.get("id"), missing);
                if (!Objects.equals(found, value) && difference.isEmpty()) {
                    difference = found + " instead of " + value + " on " + row;
                }
            }
            if (difference.isEmpty() && failures != results.failures()) {
                difference = results.failures() + " errors instead of " + failures;
            }
            if (!difference.isEmpty()) {
                differences.add(query + "\n    " + difference + " " + results.refusal());
            }
        }
        assertThat(differences).as("%s, %s dialect", Seed.describe(), dialect).isEmpty();
        LOG.info("{} columns, {} dialect: {} values, {} NULL, {} errors", stream, dialect, seen[2], seen[1], seen[0]);
        assertThat(Arrays.stream(seen).min().orElse(0)).isGreaterThan(EXPRESSIONS / 2);
    }

    /**
     * What comes out.
     *
     * @param values by the ids of rows
     * @param failures how many rows are errors
     * @param refusal why the query is refused, if it is
     */
    private record Results(Map<Object, @Nullable Object> values, int failures, String refusal) {}

    private static @Nullable Object expected(Tree tree, Reference.Row row, boolean condition) {
        try {
            if (condition) {
                return tree.holds(row) ? "yes" : null;
            }
            return comparable(tree.value(row));
        } catch (Failure e) {
            return FAILED;
        }
    }

    private Results results(String query, String stream, String dialect, List<Map<String, @Nullable Object>> rows) {
        TestRule rule;
        try {
            Map<String, Object> options = Map.of("dialect", dialect, "sendNilField", true, "sendError", true);
            rule = harness.start("reference", query, options, Map.of());
        } catch (VarunaException e) {
            // what can be known beforehand to fail on each row is refused
            return new Results(Map.of(), rows.size(), String.valueOf(e.getMessage()));
        }
        harness.send(stream, rows, Map.of());
        Map<Object, @Nullable Object> values = new HashMap<>();
        int failures = 0;
        for (String message : rule.takeMessages()) {
            if (Json.read(message) instanceof List<?> list) {
                for (Object result : list) {
                    if (result instanceof Map<?, ?> map && map.get("id") instanceof Number id) {
                        values.put(id.longValue(), comparable(map.get("r")));
                    } else {
                        failures++;
                    }
                }
            }
        }
        rule.stop();
        assertThat(rule.failure()).as(query).isEmpty();
        return new Results(values, failures, "");
    }

    private static @Nullable Object comparable(@Nullable Object value) {
        if (!(value instanceof Number number)) {
            return value;
        }
        BigDecimal rounded = new BigDecimal(number.toString()).round(new MathContext(DIGITS));
        return rounded.signum() == 0 ? BigDecimal.ZERO : rounded.stripTrailingZeros();
    }

    private static List<Map<String, @Nullable Object>> rows(boolean declared, Random random) {
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (long id = 0; id < ROWS; id++) {
            Map<String, @Nullable Object> row = new LinkedHashMap<>();
            row.put("id", id);
            if (declared) {
                for (String name : List.of("n", "m")) {
                    row.put(name, orNull(random.nextInt(10) - 5L, random));
                }
                for (String name : List.of("d", "e")) {
                    row.put(name, orNull((random.nextInt(21) - 10) / 4.0, random));
                }
                for (String name : List.of("s", "t")) {
                    row.put(name, orNull(text(random), random));
                }
                for (String name : List.of("f", "g")) {
                    row.put(name, orNull(random.nextBoolean(), random));
                }
            } else {
                row.put("x", orNull(scalar(random), random));
                row.put("y", orNull(scalar(random), random));
                row.put("o", orNull(Map.of("k", scalar(random)), random));
                row.put("l", orNull(List.of(scalar(random), scalar(random)), random));
            }
            rows.add(row);
        }
        return rows;
    }

    private static Object scalar(Random random) {
        return switch (random.nextInt(6)) {
            case 0, 1 -> (long) (random.nextInt(10) - 5);
            case 2 -> (random.nextInt(10) - 5) / 4.0 + 0.125;
            case 3 -> random.nextBoolean();
            default -> text(random);
        };
    }

    private static String text(Random random) {
        return List.of("", "a", "ab", "B", "\u00e4").get(random.nextInt(5));
    }

    private static @Nullable Object orNull(Object value, Random random) {
        return random.nextInt(5) == 0 ? null : value;
    }
}
