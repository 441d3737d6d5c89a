package io.varuna.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.varuna.api.data.DataType;
import io.varuna.plan.AggregateCall;
import io.varuna.plan.Expression;
import io.varuna.plan.Operator;
import io.varuna.plan.RulePlan;
import io.varuna.plan.Scan;
import io.varuna.plan.StreamDefinition;
import io.varuna.plan.WindowAggregate;
import io.varuna.plan.WindowSpec;
import io.varuna.plan.WindowSpec.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Law: a window that takes columns, with groups in arrays, says what one says that looks at its rows one by one: the same
 * results in the same order, the same failures and figures, also if the rule is stopped and started again in between.
 */
class WindowColumnsTest {
    private static final int ROUNDS = 600;
    private static final Scan SCAN = Plans.scan("k", "v", "w");

    private final ColumnSite byRows = new ColumnSite();
    private final ColumnSite byColumns = new ColumnSite();

    @AfterEach
    void close() {
        byRows.close();
        byColumns.close();
    }

    /** Without a filter a window takes columns; with one that lets everything pass it does not. */
    private static RulePlan plan(Kind kind, long slide, List<AggregateCall> calls, boolean columns) {
        WindowSpec window = new WindowSpec(
                kind,
                WindowSpec.Unit.SS,
                kind == Kind.COUNT ? slide : 10_000,
                slide,
                0,
                columns ? null : Plans.literal(true),
                null,
                null,
                null,
                List.of());
        return Plans.plan(new WindowAggregate(
                SCAN, window, List.of(Plans.column(SCAN, "k"), Plans.column(SCAN, "w")), List.of("k", "w"), calls));
    }

    private static List<AggregateCall> calls() {
        Expression v = Plans.column(SCAN, "v");
        return List.of(
                WindowPlans.count(),
                WindowPlans.call("sum", v, "s"),
                WindowPlans.call("total", v, "t"),
                WindowPlans.call("first", v, "f"),
                new AggregateCall("total", List.of(v), null, true, DataType.ANY, "d"));
    }

    /** Calls that leave out rows; the last filter fails for texts. */
    private static List<AggregateCall> filteredCalls() {
        Expression v = Plans.column(SCAN, "v");
        Expression even = Plans.operation(Operator.EQUAL, Plans.column(SCAN, "w"), Plans.literal(0L));
        Expression named = Plans.operation(Operator.IS_NOT_NULL, Plans.column(SCAN, "k"));
        Expression great = Plans.operation(Operator.GREATER, v, Plans.literal(3L));
        Expression twice = Plans.operation(Operator.MULTIPLY, v, Plans.literal(2L));
        return List.of(
                new AggregateCall(AggregateCall.COUNT_ROWS, List.of(), even, false, DataType.BIGINT, "n"),
                new AggregateCall("total", List.of(v), even, false, DataType.ANY, "t"),
                new AggregateCall("total", List.of(v), named, true, DataType.ANY, "d"),
                WindowPlans.call("first", v, "f"),
                new AggregateCall("sum", List.of(twice), great, false, DataType.ANY, "s"));
    }

    private static String payload(Random random) {
        String key =
                switch (random.nextInt(6)) {
                    case 0 -> "";
                    case 1 -> "\"k\":" + random.nextInt(4) + ",";
                    case 2 -> "\"k\":" + random.nextInt(4) + ".0,";
                    case 3 -> "\"k\":[" + random.nextInt(3) + "],";
                    default -> "\"k\":\"key \u00fc " + random.nextInt(20) + "\",";
                };
        String value =
                switch (random.nextInt(9)) {
                    case 0 -> "";
                    case 1 -> "\"v\":null,";
                    case 2 -> "\"v\":\"text\",";
                    case 3 -> "\"v\":" + (random.nextInt(40) - 10) / 2.0 + ",";
                    default -> "\"v\":" + (random.nextInt(40) - 5) + ",";
                };
        return "{" + key + value + "\"w\":" + random.nextInt(2) + "}";
    }

    @ParameterizedTest
    @CsvSource({"TUMBLING,10", "HOPPING,4", "HOPPING,10", "HOPPING,15", "COUNT,7", "COUNT,90"})
    void theySayTheSame(Kind kind, long slide) throws Exception {
        assertSame(kind, slide, calls());
    }

    @ParameterizedTest
    @CsvSource({"TUMBLING,10", "HOPPING,4"})
    void theySayTheSameOfCallsWithFilters(Kind kind, long slide) throws Exception {
        assertSame(kind, slide, filteredCalls());
    }

    private void assertSame(Kind kind, long slide, List<AggregateCall> calls) throws Exception {
        long seed = Long.getLong("varuna.seed", 1);
        Random random = new Random(seed);
        byRows.start(plan(kind, kind == Kind.COUNT ? slide : slide * 1_000, calls, false), Map.of());
        byColumns.start(plan(kind, kind == Kind.COUNT ? slide : slide * 1_000, calls, true), Map.of());
        Instant now = ColumnSite.START;
        for (int round = 0; round < ROUNDS; round++) {
            StringBuilder payload = new StringBuilder();
            for (int left = random.nextInt(20); left > 0; left--) {
                payload.append(payload.isEmpty() ? "[" : ",").append(payload(random));
            }
            now = now.plusMillis(random.nextInt(10) == 0 ? random.nextInt(30_000) : random.nextInt(900));
            for (ColumnSite site : List.of(byRows, byColumns)) {
                site.time.advanceTo(now);
                if (!payload.isEmpty()) {
                    site.stream.emit(payload + "]");
                }
            }
            if (random.nextInt(40) == 0) {
                byRows.start(plan(kind, kind == Kind.COUNT ? slide : slide * 1_000, calls, false), Map.of());
                byColumns.start(plan(kind, kind == Kind.COUNT ? slide : slide * 1_000, calls, true), Map.of());
            }
        }
        assertSame(seed);
    }

    /** Rows that come one by one to a window that looks at rows, and in batches to one that takes columns. */
    @ParameterizedTest
    @CsvSource({"TUMBLING,10", "HOPPING,4"})
    void theySayTheSameInEventTime(Kind kind, long slide) throws Exception {
        long seed = Long.getLong("varuna.seed", 1);
        Random random = new Random(seed);
        StreamDefinition demo = Plans.stream("demo", "TIMESTAMP", "ts");
        List<AggregateCall> calls = calls();
        Map<String, Object> options =
                Map.of("isEventTime", true, "lateTolerance", "2s", "lateAction", List.of(Map.of("late", Map.of())));
        byRows.start(plan(kind, kind == Kind.COUNT ? slide : slide * 1_000, calls, false), Map.of(), demo, options);
        byColumns.start(plan(kind, kind == Kind.COUNT ? slide : slide * 1_000, calls, true), Map.of(), demo, options);
        long now = ColumnSite.START.toEpochMilli();
        for (int round = 0; round < ROUNDS; round++) {
            List<String> payloads = new ArrayList<>();
            for (int left = random.nextInt(20); left > 0; left--) {
                now += random.nextInt(100) == 0 ? random.nextInt(30_000) : random.nextInt(90);
                long back = random.nextInt(3) == 0 ? random.nextInt(2_200) : 0;
                // many have the same time
                long time = (now - back) / 50 * 50;
                payloads.add(payload(random).replaceFirst("\\{", "{\"ts\":" + time + ","));
            }
            for (String payload : payloads) {
                byRows.stream.emit(payload);
            }
            if (!payloads.isEmpty()) {
                byColumns.stream.emit(payloads.toString());
            }
            if (random.nextInt(40) == 0) {
                byRows.start(
                        plan(kind, kind == Kind.COUNT ? slide : slide * 1_000, calls, false), Map.of(), demo, options);
                byColumns.start(
                        plan(kind, kind == Kind.COUNT ? slide : slide * 1_000, calls, true), Map.of(), demo, options);
            }
        }
        assertThat(byColumns.late.messages).as("seed %d", seed).isEqualTo(byRows.late.messages);
        assertThat(byRows.late.messages).as("seed %d", seed).hasSizeGreaterThan(50);
        assertSame(seed);
    }

    private void assertSame(long seed) {
        assertThat(byColumns.sink.messages).as("seed %d", seed).isEqualTo(byRows.sink.messages);
        assertThat(byColumns.errors.rows).as("seed %d", seed).isEqualTo(byRows.errors.rows);
        assertThat(byColumns.figures()).as("seed %d", seed).isEqualTo(byRows.figures());
        assertThat(byRows.sink.messages).as("seed %d", seed).hasSizeGreaterThan(50);
        assertThat(byRows.errors.rows).as("seed %d", seed).hasSizeGreaterThan(50);
    }
}
