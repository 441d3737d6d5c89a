package io.varuna.itests.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.varuna.itests.rules.Arrivals.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Windows on random rows give what their definition says, however the rows come in batches and restarts. */
class RandomWindowsTest {
    private static final int ROWS = 60;
    private static final long SPAN = 50_000;
    private static final String SELECT =
            "SELECT k, count(*) AS n, sum(v) AS total, window_start() AS start, window_end() AS end FROM readings GROUP BY k, ";

    /** What a window gives for a key. */
    private record Result(String key, long count, long total, long start, long end) {
        static Result of(String key, List<Row> rows, long start, long end) {
            return new Result(
                    key, rows.size(), rows.stream().mapToLong(Row::value).sum(), start, end);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 5, 10, 15, 30})
    void tumbling(long seconds) {
        check("TUMBLINGWINDOW(ss, " + seconds + ")", (key, rows) -> aligned(key, rows, seconds * 1000, seconds * 1000));
    }

    @ParameterizedTest
    @ValueSource(longs = {2, 3, 5, 10, 12, 25})
    void hopping(long seconds) {
        for (long hop : new long[] {1, 2, 5}) {
            check(
                    "HOPPINGWINDOW(ss, " + seconds + ", " + hop + ")",
                    (key, rows) -> aligned(key, rows, seconds * 1000, hop * 1000));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 4})
    void session(long seconds) {
        check("SESSIONWINDOW(ss, 3600, " + seconds + ")", (key, rows) -> sessions(key, rows, seconds * 1000));
    }

    private static List<Result> aligned(String key, List<Row> rows, long size, long hop) {
        List<Result> results = new ArrayList<>();
        for (long end = hop; end < SPAN + size + hop; end += hop) {
            long from = end - size;
            long to = end;
            List<Row> inside = rows.stream()
                    .filter(row -> row.time() >= from && row.time() < to)
                    .toList();
            if (!inside.isEmpty()) {
                results.add(Result.of(key, inside, from, to));
            }
        }
        return results;
    }

    private static List<Result> sessions(String key, List<Row> rows, long gap) {
        List<Result> results = new ArrayList<>();
        List<Row> open = new ArrayList<>();
        for (Row row : rows) {
            if (!open.isEmpty() && row.time() - open.get(open.size() - 1).time() >= gap) {
                results.add(session(key, open, gap));
                open.clear();
            }
            open.add(row);
        }
        results.add(session(key, open, gap));
        return results;
    }

    private static Result session(String key, List<Row> rows, long gap) {
        return Result.of(
                key, rows, rows.get(0).time(), rows.get(rows.size() - 1).time() + gap);
    }

    /** Compares a window on rows that come a little out of order with its definition on the ordered rows of each key. */
    private static void check(String window, BiFunction<String, List<Row>, List<Result>> definition) {
        Random random = Seed.random(window.hashCode());
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            rows.add(new Row((long) (random.nextDouble() * SPAN), "key" + random.nextInt(3), random.nextInt(100)));
        }
        rows.sort((left, right) -> Long.compare(left.time(), right.time()));
        Map<String, List<Row>> byKey = new TreeMap<>();
        rows.forEach(row ->
                byKey.computeIfAbsent(row.key(), key -> new ArrayList<>()).add(row));
        List<Result> expected = new ArrayList<>();
        byKey.forEach((key, ofKey) -> expected.addAll(definition.apply(key, ofKey)));
        List<Result> found = run(SELECT + window, Arrivals.of(rows, random), random);
        assertThat(found).as("%s %s", window, Seed.describe()).containsExactlyInAnyOrderElementsOf(expected);
    }

    private static List<Result> run(String query, Arrivals rows, Random random) {
        return rows.run(query, random).stream()
                .map(row -> new Result(
                        String.valueOf(row.get("k")),
                        Arrivals.number(row, "n"),
                        Arrivals.number(row, "total"),
                        Arrivals.number(row, "start"),
                        Arrivals.number(row, "end")))
                .filter(result -> !result.key().isEmpty())
                .toList();
    }
}
