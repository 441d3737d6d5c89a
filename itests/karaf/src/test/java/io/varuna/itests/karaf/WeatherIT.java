package io.varuna.itests.karaf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Aggregates over real measurements, replayed as fast as it goes, equal those that a database computes. */
class WeatherIT {
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final long DAY = Duration.ofDays(1).toMillis();
    private static final Offset<Double> EXACT_ENOUGH = Offset.offset(1e-9);

    private static Container container;
    private static Connection h2;

    @BeforeAll
    static void start() throws IOException, SQLException {
        container = Container.start("weather");
        Path source = Path.of("src/test/resources/weather/weather.csv").toAbsolutePath();
        Path data = Files.createDirectories(container.home().resolve("data/weather"));
        Files.copy(source, data.resolve("weather.csv"), StandardCopyOption.REPLACE_EXISTING);
        container
                .rest()
                .createStream(
                        "CREATE STREAM weather (location STRING, date DATETIME, precipitation FLOAT, temp_max FLOAT,"
                                + " temp_min FLOAT, wind FLOAT, weather STRING) WITH (TYPE=\"file\", DATASOURCE=\"weather.csv\","
                                + " FORMAT=\"delimited\", TIMESTAMP=\"date\", TIMESTAMP_FORMAT=\"yyyy-MM-dd\", EXTRA=\"{\\\"path\\\": \\\""
                                + data + "\\\", \\\"fileType\\\": \\\"csv\\\", \\\"hasHeader\\\": true}\")");
        h2 = DriverManager.getConnection("jdbc:h2:mem:weather");
        try (Statement statement = h2.createStatement()) {
            statement.execute("CREATE TABLE weather (location VARCHAR, date DATE, precipitation DOUBLE PRECISION,"
                    + " temp_max DOUBLE PRECISION, temp_min DOUBLE PRECISION, wind DOUBLE PRECISION, weather VARCHAR)"
                    + " AS SELECT * FROM CSVREAD('" + source + "')");
        }
    }

    @AfterAll
    static void stop() throws SQLException {
        container.close();
        h2.close();
    }

    @Test
    void tumblingWeeks() throws Exception {
        compare("weeks", "TUMBLINGWINDOW(dd, 7)", 7, 7);
    }

    @Test
    void monthsHoppingByTenDays() throws Exception {
        compare("months", "HOPPINGWINDOW(dd, 30, 10)", 30, 10);
    }

    private static void compare(String rule, String window, int sizeInDays, int slideInDays) throws Exception {
        Path output = container.home().resolve("data/weather/" + rule + ".lines");
        container
                .rest()
                .createRule("{\"id\": \"" + rule
                        + "\", \"sql\": \"SELECT location, window_start() AS ws, window_end() AS we,"
                        + " count(*) AS n, avg(temp_max) AS mean, max(wind) AS gust, min(temp_min) AS frost, sum(precipitation) AS rain"
                        + " FROM weather GROUP BY location, " + window + "\", \"options\": {\"isEventTime\": true},"
                        + " \"actions\": [{\"file\": {\"path\": \"" + output
                        + "\", \"fileType\": \"lines\", \"sendSingle\": true}}]}");
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(container.rest().state(rule)).startsWith("stopped: done"));

        List<Map<String, Object>> rows = new ArrayList<>();
        for (String line : Files.readAllLines(output)) {
            rows.add(JSON.std.mapFrom(line));
        }
        assertEveryWindowIsThere(rows, sizeInDays, slideInDays);
        for (Map<String, Object> row : rows) {
            assertAsInTheDatabase(row);
        }
    }

    private static void assertEveryWindowIsThere(List<Map<String, Object>> rows, int sizeInDays, int slideInDays) {
        for (String location : List.of("Seattle", "New York")) {
            List<Long> starts = rows.stream()
                    .filter(row -> location.equals(row.get("location")))
                    .map(row -> number(row, "ws").longValue())
                    .collect(Collectors.toList());
            long first = starts.get(0);
            long last = starts.get(starts.size() - 1);
            assertThat(starts)
                    .as("windows of %s, each once and in order", location)
                    .isEqualTo(List.copyOf(new TreeSet<>(starts)));
            assertThat(starts).hasSize((int) ((last - first) / (slideInDays * DAY)) + 1);
            // the first window is the first that holds the first day, the last one ends with the last day
            assertThat(first + sizeInDays * DAY)
                    .isBetween(day("2012-01-01") + DAY, day("2012-01-01") + slideInDays * DAY);
            assertThat(last + sizeInDays * DAY).isBetween(day("2013-12-31") - slideInDays * DAY, day("2013-12-31"));
        }
        assertThat(rows).allSatisfy(row -> assertThat(
                        number(row, "we").longValue() - number(row, "ws").longValue())
                .isEqualTo(sizeInDays * DAY));
    }

    private static long day(String date) {
        return LocalDate.parse(date).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
    }

    private static void assertAsInTheDatabase(Map<String, Object> row) throws SQLException {
        try (PreparedStatement query = h2.prepareStatement("SELECT count(*), avg(temp_max), max(wind), min(temp_min),"
                + " sum(precipitation) FROM weather WHERE location = ? AND date >= ? AND date < ?")) {
            query.setString(1, String.valueOf(row.get("location")));
            query.setObject(2, date(number(row, "ws")));
            query.setObject(3, date(number(row, "we")));
            ResultSet result = query.executeQuery();
            assertThat(result.next()).isTrue();
            assertThat(number(row, "n").longValue()).as(row.toString()).isEqualTo(result.getLong(1));
            assertNear(row, "mean", result.getDouble(2));
            assertNear(row, "gust", result.getDouble(3));
            assertNear(row, "frost", result.getDouble(4));
            assertNear(row, "rain", result.getDouble(5));
        }
    }

    private static void assertNear(Map<String, Object> row, String name, double expected) {
        assertThat(number(row, name).doubleValue()).as("%s of %s", name, row).isCloseTo(expected, EXACT_ENOUGH);
    }

    private static Number number(Map<String, Object> row, String name) {
        return (Number) Objects.requireNonNull(row.get(name), name);
    }

    private static LocalDate date(Number millis) {
        return LocalDate.ofInstant(Instant.ofEpochMilli(millis.longValue()), ZoneOffset.UTC);
    }
}
