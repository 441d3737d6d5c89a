package io.varuna.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.varuna.api.data.DataType;
import io.varuna.engine.function.FunctionTable;
import io.varuna.engine.rule.ActionSpec;
import io.varuna.engine.rule.RuleOptions;
import io.varuna.engine.rule.RuleSpec;
import io.varuna.engine.time.VirtualTime;
import io.varuna.plan.Analytic;
import io.varuna.plan.Limit;
import io.varuna.plan.Operator;
import io.varuna.plan.PlanNode;
import io.varuna.plan.Scan;
import io.varuna.plan.Sort;
import io.varuna.plan.Unnest;
import io.varuna.plan.Window;
import io.varuna.plan.WindowAggregate;
import io.varuna.plan.WindowSpec.Kind;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WindowTest implements UnendingRule {
    private static final Instant START = Instant.parse("2025-01-01T00:00:05Z");

    private final TestStream stream = new TestStream();
    private final TestSink sink = new TestSink(false);
    private final VirtualTime time = new VirtualTime(START);
    private final FunctionTable functions = new FunctionTable();
    private final Engine engine = Engine.builder()
            .plugins(new TestPlugins().source("test", stream).sink("test", sink))
            .functions(functions)
            .time(time)
            .zone(ZoneOffset.UTC)
            .build();
    private final Scan scan = Plans.scan("k", "v");
    private final FunctionTable.Registration first;

    WindowTest() {
        first = functions.register(new TestFunctions(), "test", "1.0.0");
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private RunningRule start(PlanNode plan, Map<String, ?> options) {
        return start(plan, options, Map.of());
    }

    private RunningRule start(PlanNode plan, Map<String, ?> options, Map<String, @Nullable Object> action) {
        return engine.start(
                new RuleSpec(
                        "r1",
                        Plans.plan(plan),
                        List.of(Plans.stream("demo", "TIMESTAMP", "ts")),
                        List.of(new ActionSpec("test", 0, action)),
                        RuleOptions.of(options)),
                this);
    }

    private void at(long millis, String key, long value) throws InterruptedException {
        time.advanceTo(START.plusMillis(millis));
        stream.emit(Map.of("k", key, "v", value));
    }

    private List<List<@Nullable Object>> out(String... columns) {
        return sink.rows.stream()
                .map(row -> List.of(columns).stream()
                        .<@Nullable Object>map(row::get)
                        .toList())
                .toList();
    }

    private static long ms(long afterStart) {
        return START.toEpochMilli() + afterStart;
    }

    @Test
    void aTumblingWindowClosesAtTheFullInterval() throws Exception {
        start(WindowPlans.sums(scan, WindowPlans.spec(Kind.TUMBLING, 10_000, 10_000)), Map.of());

        at(100, "a", 1);
        at(200, "b", 2);
        at(4_999, "a", 3);
        assertThat(sink.rows).isEmpty();
        at(5_000, "a", 4);

        // the clock begins at 5 s past the minute
        assertThat(out("k", "n", "s", "window_start", "window_end"))
                .containsExactly(
                        List.of("a", 2L, 4L, ms(-5_000), ms(5_000)), List.of("b", 1L, 2L, ms(-5_000), ms(5_000)));
    }

    @Test
    void aWindowWithoutRowsCountsNoneWhereThereAreNoKeys() {
        start(
                new WindowAggregate(
                        scan,
                        WindowPlans.spec(Kind.TUMBLING, 10_000, 10_000),
                        List.of(),
                        List.of(),
                        List.of(WindowPlans.count())),
                Map.of());

        time.advanceTo(START.plusSeconds(20));

        assertThat(out("n", "window_end")).containsExactly(List.of(0L, ms(5_000)), List.of(0L, ms(15_000)));
    }

    @Test
    void anIdleRuleWithKeysSetsNoAlarm() {
        start(WindowPlans.sums(scan, WindowPlans.spec(Kind.TUMBLING, 10_000, 10_000)), Map.of());

        time.advanceTo(START.plusSeconds(100));

        assertThat(sink.rows).isEmpty();
    }

    @Test
    void eachKeyHasSessionsOfItsOwn() throws Exception {
        start(WindowPlans.sums(scan, WindowPlans.spec(Kind.SESSION, 60_000, 2_000)), Map.of());

        at(0, "a", 1);
        at(1_000, "b", 10);
        at(1_500, "a", 2);
        at(2_900, "b", 20);
        at(3_600, "a", 4);
        time.advanceTo(START.plusSeconds(10));

        assertThat(out("k", "s", "window_start", "window_end"))
                .containsExactly(
                        List.of("a", 3L, ms(0), ms(3_500)),
                        List.of("b", 30L, ms(1_000), ms(4_900)),
                        List.of("a", 4L, ms(3_600), ms(5_600)));
    }

    @Test
    void aSessionThatLastsTooLongIsCutAtTheNextFullInterval() throws Exception {
        start(WindowPlans.sums(scan, WindowPlans.spec(Kind.SESSION, 2_000, 1_500)), Map.of());

        for (int i = 0; i < 6; i++) {
            at(500 + i * 1_000, "a", 1);
        }
        time.advanceTo(START.plusSeconds(20));

        assertThat(out("n", "window_start", "window_end"))
                .containsExactly(List.of(3L, ms(500), ms(3_000)), List.of(3L, ms(3_000), ms(7_000)));
    }

    @Test
    void aSlidingWindowWithDelayHoldsWhatComesAfterItsTrigger() throws Exception {
        start(
                new Window(
                        scan,
                        WindowPlans.spec(
                                Kind.SLIDING,
                                2_000,
                                2_000,
                                1_000,
                                Plans.operation(Operator.EQUAL, Plans.column(scan, "v"), Plans.literal(2L)),
                                null,
                                null)),
                Map.of());

        at(0, "old", 1);
        at(1_500, "before", 1);
        at(3_000, "trigger", 2);
        at(3_999, "after", 1);
        at(4_000, "late", 1);
        time.advanceTo(START.plusSeconds(10));

        assertThat(out("k", "window_start", "window_end"))
                .containsExactly(
                        List.of("before", ms(1_000), ms(4_000)),
                        List.of("trigger", ms(1_000), ms(4_000)),
                        List.of("after", ms(1_000), ms(4_000)));
    }

    @Test
    void aStateWindowGoesFromOneConditionToTheOther() throws Exception {
        start(
                new Window(
                        scan,
                        WindowPlans.spec(
                                Kind.STATE,
                                0,
                                0,
                                0,
                                null,
                                Plans.operation(Operator.EQUAL, Plans.column(scan, "v"), Plans.literal(1L)),
                                Plans.operation(Operator.EQUAL, Plans.column(scan, "v"), Plans.literal(9L)))),
                Map.of());

        at(0, "no", 5);
        at(1, "begin", 1);
        at(2, "within", 5);
        at(3, "end", 9);
        at(4, "no", 5);
        at(5, "open", 1);

        assertThat(out("k")).containsExactly(List.of("begin"), List.of("within"), List.of("end"));
    }

    @Test
    void rowsThatComeTooLateAreCounted() throws Exception {
        Scan timed = Plans.scan("k", "v", "ts");
        RunningRule rule = start(
                WindowPlans.sums(timed, WindowPlans.spec(Kind.TUMBLING, 10_000, 10_000)),
                Map.of("isEventTime", true, "lateTolerance", "2s"));

        stream.emit(Map.of("k", "a", "v", 1L, "ts", ms(0)), Map.of("k", "a", "v", 2L, "ts", ms(8_000)));
        stream.emit(Map.of("k", "a", "v", 4L, "ts", ms(4_999)), Map.of("k", "a", "v", 8L, "ts", ms(6_000)));

        assertThat(out("s")).containsExactly(List.of(1L));
        assertThat(rule.metrics()).containsEntry("rule_late_records_total", 1L);
    }

    @Test
    void aRowWithoutATimestampIsRejected() throws Exception {
        RunningRule rule = start(
                WindowPlans.sums(scan, WindowPlans.spec(Kind.TUMBLING, 10_000, 10_000)), Map.of("isEventTime", true));

        stream.emit(Map.of("k", "a", "v", 1L));

        assertThat(rule.metrics())
                .containsEntry(
                        "op_2_watermark_0_last_exception",
                        "The record has no 'ts', which is the timestamp of stream 'demo'");
    }

    @Test
    void resultsAreSortedAndCut() throws Exception {
        PlanNode sums = WindowPlans.sums(scan, WindowPlans.spec(Kind.COUNT, 4, 4));
        PlanNode sorted = new Sort(sums, List.of(new Sort.Key(Plans.column(sums, "s"), true)));
        start(new Limit(sorted, 1, 2), Map.of());

        at(0, "a", 1);
        at(0, "b", 30);
        at(0, "c", 20);
        at(0, "d", 10);

        assertThat(out("k")).containsExactly(List.of("c"), List.of("d"));
    }

    @Test
    void aFunctionThatIsGoneIsReplacedWithItsStateBetweenTwoBatches() throws Exception {
        RunningRule rule = start(WindowPlans.sums(scan, WindowPlans.spec(Kind.COUNT, 3, 3)), Map.of());
        at(0, "a", 1);
        functions.register(new TestFunctions(1_000), "test", "1.1.0");
        at(0, "a", 2);
        assertThat(rule.uses()).allSatisfy(use -> assertThat(use.version()).isEqualTo("1.0.0"));

        first.remove();
        at(0, "a", 3);

        assertThat(out("n", "s", "f")).containsExactly(List.of(3L, 6_000L, 1L));
        assertThat(rule.uses()).anySatisfy(use -> {
            assertThat(use.name()).isEqualTo("sum");
            assertThat(use.version()).isEqualTo("1.1.0");
        });
    }

    @Test
    void analyticFunctionsRememberByPartition() throws Exception {
        start(
                new Analytic(
                        scan,
                        List.of(new Analytic.Call(
                                "lag",
                                List.of(Plans.column(scan, "v")),
                                List.of(Plans.column(scan, "k")),
                                null,
                                DataType.ANY,
                                "before"))),
                Map.of());

        at(0, "a", 1);
        at(0, "b", 2);
        at(0, "a", 3);
        at(0, "b", 4);

        assertThat(sink.rows).extracting(row -> row.get("before")).containsExactly(null, null, 1L, 2L);
    }

    @Test
    void aListIsUnnestedIntoRows() throws Exception {
        start(new Unnest(scan, "unnest", List.of(Plans.column(scan, "v")), "u"), Map.of());

        stream.emit(Map.of("k", "a", "v", List.of(1L, 2L)), Map.of("k", "b", "v", List.of()));

        assertThat(out("k", "u")).containsExactly(List.of("a", 1L), List.of("a", 2L));
    }

    @Test
    void aWindowWithoutRowsPutsOutNothingUnlessTheActionAsksForIt() throws Exception {
        Window window = new Window(scan, WindowPlans.spec(Kind.TUMBLING, 10_000, 10_000));
        start(window, Map.of(), Map.of("omitIfEmpty", false));

        at(0, "a", 1);
        time.advanceTo(START.plusSeconds(15));

        assertThat(sink.messages).hasSize(2).last().isEqualTo("[]");
        assertThat(sink.rows).hasSize(1);
    }

    @Test
    void rowsOfOneTimeAreInTheSlidingWindowsOfEachOther() throws Exception {
        Scan timed = Plans.scan("k", "v", "ts");
        start(
                WindowPlans.sums(timed, WindowPlans.spec(Kind.SLIDING, 1_000, 1_000)),
                Map.of("isEventTime", true, "lateTolerance", 0));

        stream.emit(Map.of("k", "a", "v", 1L, "ts", ms(0)), Map.of("k", "a", "v", 2L, "ts", ms(0)));

        assertThat(out("s", "window_end")).containsExactly(List.of(3L, ms(0)), List.of(3L, ms(0)));
    }
}
