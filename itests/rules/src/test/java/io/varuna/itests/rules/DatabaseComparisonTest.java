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
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.api.ListAssert;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Random queries of standard SQL give what a database gives, row by row and in a window. */
class DatabaseComparisonTest {
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseComparisonTest.class);
    private static final int QUERIES = Integer.getInteger("varuna.rounds", 80);
    private static final List<String> STREAMS = List.of("data", "other");
    private static final String TABLE = "kept";
    private static final List<String> INPUTS = List.of(TABLE, "data", "other");
    private static final int ROWS = 20;
    private static final int DIGITS = 9;
    private static final long LATER = 3_600_001;
    private static final List<String> COLUMNS = List.of("a", "b", "c", "s", "t", "f");
    private static final List<String> TEXTS = List.of("", "a", "ab", "b", "B", "A", "ä");

    private final Map<String, List<Map<String, @Nullable Object>>> rows = new HashMap<>();
    private Connection database;
    private RuleHarness harness;

    @BeforeEach
    void fill() throws SQLException {
        database = DriverManager.getConnection("jdbc:h2:mem:");
        harness = StandardPlugins.harness(Instant.EPOCH);
        Random random = Seed.random(0);
        for (String stream : INPUTS) {
            String kind = stream.equals(TABLE) ? "TABLE " : "STREAM ";
            harness.execute("CREATE " + kind + stream + " (id BIGINT, ts BIGINT, a BIGINT, b BIGINT, c FLOAT, s STRING,"
                    + " t STRING, f BOOLEAN) WITH (DATASOURCE=\"" + stream
                    + "\", TIMESTAMP=\"ts\", RETAIN_SIZE=\"20\")");
            try (Statement statement = database.createStatement()) {
                statement.execute("CREATE TABLE " + stream + " (id BIGINT, a BIGINT, b BIGINT, c DOUBLE PRECISION,"
                        + " s VARCHAR, t VARCHAR, f BOOLEAN)");
            }
            List<Map<String, @Nullable Object>> made = new ArrayList<>();
            for (long id = 1; id <= ROWS; id++) {
                made.add(row(id, random));
            }
            rows.put(stream, made);
            insert(stream, made);
        }
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

    private void insert(String table, List<Map<String, @Nullable Object>> made) throws SQLException {
        try (PreparedStatement insert =
                database.prepareStatement("INSERT INTO " + table + " VALUES (?, ?, ?, ?, ?, ?, ?)")) {
            for (Map<String, @Nullable Object> row : made) {
                insert.setObject(1, row.get("id"));
                for (int i = 0; i < COLUMNS.size(); i++) {
                    insert.setObject(i + 2, row.get(COLUMNS.get(i)));
                }
                insert.executeUpdate();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(QueryKind.class)
    void resultsAreThoseOfTheDatabase(QueryKind kind) throws SQLException {
        int found = 0;
        for (int run = 1; run <= QUERIES; run++) {
            ComparedQuery query =
                    kind.next(new StandardQueries(Seed.random(kind.name().hashCode() + run)));
            List<List<@Nullable Object>> expected = expected(query.database());
            found += expected.size();
            ListAssert<List<@Nullable Object>> results =
                    assertThat(results(query)).as("%s: %s\n%s", Seed.describe(), query.rule(), query.database());
            if (query.ordered()) {
                results.isEqualTo(expected);
            } else {
                results.containsExactlyInAnyOrderElementsOf(expected);
            }
        }
        LOG.info("{}: {} queries with {} rows", kind, QUERIES, found);
        assertThat(found).as("rows in all").isGreaterThan(QUERIES / 2);
    }

    /** Returns the results, of windows those of the first hour. */
    private List<List<@Nullable Object>> results(ComparedQuery query) {
        Map<String, @Nullable Object> options = new HashMap<>(Map.of("dialect", "standard", "sendNilField", true));
        if (query.windowed()) {
            options.putAll(Map.of("isEventTime", true, "lateTolerance", 0L));
        }
        TestRule rule = harness.start("compared", query.rule(), options, Map.of());
        for (String stream : INPUTS) {
            harness.send(stream, rows.getOrDefault(stream, List.of()), Map.of());
        }
        List<String> messages = new ArrayList<>(rule.takeMessages());
        if (query.windowed()) {
            STREAMS.forEach(stream -> harness.send(stream, List.of(Map.of("ts", LATER)), Map.of()));
            messages.addAll(rule.takeMessages());
        }
        rule.stop();
        assertThat(rule.failure()).as(query.rule()).isEmpty();
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
