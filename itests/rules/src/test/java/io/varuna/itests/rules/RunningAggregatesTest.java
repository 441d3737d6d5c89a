package io.varuna.itests.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.varuna.itests.rules.Arrivals.Row;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Aggregates with OVER give what a look at all rows gives, also of rows of one time, and however these come. */
class RunningAggregatesTest {
    private static final int ROWS = 80;
    private static final long UNBOUNDED = Long.MAX_VALUE;

    /** What is known of a row. */
    private record Result(long value, long count, long total, long most, List<?> values) {
        static Result of(Row row, List<Row> frame) {
            List<Long> values = frame.stream().map(Row::value).toList();
            return new Result(
                    row.value(),
                    values.size(),
                    values.stream().mapToLong(Long::longValue).sum(),
                    Collections.max(values),
                    values);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 5, 20, 1000})
    void lastRows(long preceding) {
        check("ROWS BETWEEN " + preceding + " PRECEDING AND CURRENT ROW", true, preceding, UNBOUNDED);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 5, 20, 1000})
    void rowsOfSomeTime(long seconds) {
        check(
                "RANGE BETWEEN INTERVAL '" + seconds + "' SECOND PRECEDING AND CURRENT ROW",
                false,
                UNBOUNDED,
                seconds * 1000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ROWS", "RANGE"})
    void allRowsSoFar(String unit) {
        // of all rows, those themselves are not kept
        check(unit + " UNBOUNDED PRECEDING", unit.equals("ROWS"), UNBOUNDED, UNBOUNDED);
    }

    /** Compares the values of rows that come a little out of order with what their frames hold. */
    private static void check(String frame, boolean ofRows, long rowsBefore, long millisBefore) {
        Random random = Seed.random(frame.hashCode());
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            // whole seconds, so that some rows have the same time
            rows.add(new Row(random.nextInt(40) * 1000L, "key" + random.nextInt(3), i));
        }
        Arrivals arriving = Arrivals.of(rows, random);
        List<Row> ordered = new ArrayList<>(arriving.rows());
        ordered.sort((left, right) -> Long.compare(left.time(), right.time()));
        List<Result> expected = new ArrayList<>();
        for (int i = 0; i < ordered.size(); i++) {
            Row row = ordered.get(i);
            List<Row> seen = new ArrayList<>();
            for (int j = 0; j < ordered.size(); j++) {
                Row other = ordered.get(j);
                boolean before = ofRows ? j <= i : other.time() <= row.time();
                if (before && other.key().equals(row.key()) && row.time() - other.time() <= millisBefore) {
                    seen.add(other);
                }
            }
            int first = (int) Math.max(0, rowsBefore == UNBOUNDED ? 0 : seen.size() - 1 - rowsBefore);
            Result result = Result.of(row, seen.subList(first, seen.size()));
            boolean kept = !frame.contains("UNBOUNDED");
            expected.add(
                    kept
                            ? result
                            : new Result(result.value(), result.count(), result.total(), result.most(), List.of()));
        }
        assertThat(run(frame, arriving, random))
                .as("%s %s", frame, Seed.describe())
                .isEqualTo(expected);
    }

    private static List<Result> run(String frame, Arrivals rows, Random random) {
        String over = " OVER (PARTITION BY k ORDER BY ts " + frame + ")";
        String query = "SELECT v, count(*)" + over + " AS n, sum(v)" + over + " AS total, max(v)" + over + " AS most"
                + (frame.contains("UNBOUNDED") ? "" : ", collect(v)" + over + " AS vs")
                + " FROM readings WHERE k <> ''";
        return rows.run(query, random).stream()
                .map(row -> new Result(
                        Arrivals.number(row, "v"),
                        Arrivals.number(row, "n"),
                        Arrivals.number(row, "total"),
                        Arrivals.number(row, "most"),
                        row.get("vs") instanceof List<?> values ? values : List.of()))
                .toList();
    }
}
