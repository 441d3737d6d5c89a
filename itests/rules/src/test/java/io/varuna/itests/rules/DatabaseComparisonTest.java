package io.varuna.itests.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.varuna.rulekit.RuleHarness;
import io.varuna.rulekit.RuleHarness.TestRule;
import io.varuna.testkit.Json;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Random queries of standard SQL give what a database gives, row by row and aggregated in a window. */
class DatabaseComparisonTest {
    private static final int QUERIES = 250;
    private static final int ROWS = 20;
    private static final int DIGITS = 9;
    private static final long LATER = 7_200_000;
    private static final List<String> COLUMNS = List.of("a", "b", "c", "s", "t", "f");
    private static final List<String> TEXTS = List.of("", "a", "ab", "b", "B", "A", "ä");

    private final List<Map<String, @Nullable Object>> rows = new ArrayList<>();
    private Connection database;
    private RuleHarness harness;

    @BeforeEach
    void fill() throws SQLException {
        database = DriverManager.getConnection("jdbc:h2:mem:");
        harness = StandardPlugins.harness(Instant.EPOCH);
        harness.execute("CREATE STREAM data (id BIGINT, ts BIGINT, a BIGINT, b BIGINT, c FLOAT, s STRING, t STRING,"
                + " f BOOLEAN) WITH (DATASOURCE=\"data\", TIMESTAMP=\"ts\")");
        try (Statement statement = database.createStatement()) {
            statement.execute(
                    "CREATE TABLE data (id BIGINT, a BIGINT, b BIGINT, c DOUBLE PRECISION, s VARCHAR, t VARCHAR,"
                            + " f BOOLEAN)");
        }
        Random random = Seed.random(0);
        for (long id = 1; id <= ROWS; id++) {
            rows.add(row(id, random));
        }
        insert();
    }

    @AfterEach
    void close() throws SQLException {
        harness.close();
        database.close();
    }

    private static Map<String, @Nullable Object> row(long id, Random random) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("id", id);
        row.put("ts", id);
        row.put("a", orNull((long) random.nextInt(9) - 4, random));
        row.put("b", orNull((long) random.nextInt(9) - 4, random));
        row.put("c", orNull((random.nextInt(41) - 20) / 4.0, random));
        row.put("s", orNull(TEXTS.get(random.nextInt(TEXTS.size())), random));
        row.put("t", orNull(TEXTS.get(random.nextInt(TEXTS.size())), random));
        row.put("f", orNull(random.nextBoolean(), random));
        return row;
    }

    private static @Nullable Object orNull(Object value, Random random) {
        return random.nextInt(5) == 0 ? null : value;
    }

    private void insert() throws SQLException {
        try (PreparedStatement insert = database.prepareStatement("INSERT INTO data VALUES (?, ?, ?, ?, ?, ?, ?)")) {
            for (Map<String, @Nullable Object> row : rows) {
                insert.setObject(1, row.get("id"));
                for (int i = 0; i < COLUMNS.size(); i++) {
                    insert.setObject(i + 2, row.get(COLUMNS.get(i)));
                }
                insert.executeUpdate();
            }
        }
    }

    @Test
    void rowsAreThoseOfTheDatabase() throws SQLException {
        int found = 0;
        for (int run = 1; run <= QUERIES; run++) {
            StandardQueries queries = new StandardQueries(Seed.random(run));
            String query = "SELECT id, " + queries.columns() + " FROM data WHERE " + queries.condition(3);
            List<List<@Nullable Object>> expected = expected(query + " ORDER BY id");
            found += expected.size();
            assertThat(results(query, Map.of("dialect", "standard", "sendNilField", true)))
                    .as("%s: %s", Seed.describe(), query)
                    .isEqualTo(expected);
        }
        assertThat(found).as("rows in all").isGreaterThan(QUERIES);
    }

    @Test
    void aggregatesAreThoseOfTheDatabase() throws SQLException {
        Map<String, @Nullable Object> options =
                Map.of("dialect", "standard", "sendNilField", true, "isEventTime", true, "lateTolerance", 0L);
        for (int run = 1; run <= QUERIES; run++) {
            StandardQueries queries = new StandardQueries(Seed.random(-run));
            String select = "SELECT s AS k, " + queries.aggregates();
            String where = " WHERE " + queries.condition(2);
            String having = " HAVING count(*) >= " + run % 3;
            String expected = select + " FROM data" + where + " GROUP BY s" + having;
            String query = select + " FROM TABLE(TUMBLE(TABLE data, DESCRIPTOR(ts), INTERVAL '1' HOUR))" + where
                    + " GROUP BY s, window_start" + having;
            assertThat(results(query, options))
                    .as("%s: %s", Seed.describe(), query)
                    .containsExactlyInAnyOrderElementsOf(expected(expected));
        }
    }

    /** Returns the results of the first hour. */
    private List<List<@Nullable Object>> results(String query, Map<String, ? extends @Nullable Object> options) {
        TestRule rule = harness.start("compared", query, options, Map.of());
        harness.send("data", rows, Map.of());
        List<String> messages = new ArrayList<>(rule.takeMessages());
        if (options.containsKey("isEventTime")) {
            harness.send("data", List.of(Map.of("ts", LATER)), Map.of());
            messages.addAll(rule.takeMessages());
        }
        rule.stop();
        assertThat(rule.failure()).as(query).isEmpty();
        List<List<@Nullable Object>> results = new ArrayList<>();
        for (String message : messages) {
            if (Json.read(message) instanceof List<?> list) {
                list.forEach(row -> results.add(values(row)));
            }
        }
        return results;
    }

    private static List<@Nullable Object> values(@Nullable Object row) {
        List<@Nullable Object> values = new ArrayList<>();
        if (row instanceof Map<?, ?> map) {
            map.values().forEach(value -> values.add(comparable(value)));
        }
        return values;
    }

    private List<List<@Nullable Object>> expected(String query) throws SQLException {
        List<List<@Nullable Object>> expected = new ArrayList<>();
        try (Statement statement = database.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            int columns = result.getMetaData().getColumnCount();
            while (result.next()) {
                @Nullable Object[] row = new @Nullable Object[columns];
                for (int i = 0; i < columns; i++) {
                    row[i] = comparable(result.getObject(i + 1));
                }
                expected.add(Arrays.asList(row));
            }
        }
        return expected;
    }

    /** Numbers are the same whatever their type, but for the last digits. */
    private static @Nullable Object comparable(@Nullable Object value) {
        if (!(value instanceof Number)) {
            return value;
        }
        BigDecimal number = new BigDecimal(value.toString());
        BigDecimal rounded = number.setScale(DIGITS, RoundingMode.HALF_EVEN);
        return rounded.signum() == 0 ? BigDecimal.ZERO : rounded.stripTrailingZeros();
    }
}
