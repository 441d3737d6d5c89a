package io.varuna.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.varuna.api.data.DataType;
import io.varuna.api.data.Schema;
import io.varuna.api.manage.StreamKind;
import io.varuna.engine.rule.ActionSpec;
import io.varuna.engine.rule.RuleOptions;
import io.varuna.engine.rule.RuleSpec;
import io.varuna.engine.time.VirtualTime;
import io.varuna.plan.Dialect;
import io.varuna.plan.Expression;
import io.varuna.plan.JoinKind;
import io.varuna.plan.Operator;
import io.varuna.plan.Output;
import io.varuna.plan.RulePlan;
import io.varuna.plan.StreamDefinition;
import io.varuna.plan.StreamOptions;
import io.varuna.plan.WindowJoin;
import io.varuna.plan.WindowSpec;
import io.varuna.plan.WindowSpec.Kind;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JoinTest implements UnendingRule {
    private static final Instant START = Instant.parse("2025-01-01T00:00:00Z");

    private final TestStream left = new TestStream();
    private final TestStream right = new TestStream();
    private final TestSink sink = new TestSink(false);
    private final VirtualTime time = new VirtualTime(START);
    private final Engine engine = Engine.builder()
            .plugins(new TestPlugins()
                    .source("left", left)
                    .source("right", right)
                    .sink("test", sink))
            .time(time)
            .zone(ZoneOffset.UTC)
            .build();

    @AfterEach
    void close() {
        engine.close();
    }

    private static StreamDefinition definition(String name, StreamKind kind, Map<String, String> options) {
        Map<String, String> values = new HashMap<>(options);
        values.put("TYPE", name);
        return new StreamDefinition(name, kind, Schema.OPEN, Map.of(), new StreamOptions(values), "");
    }

    private void start(JoinKind kind, int retain, @Nullable WindowSpec window, Map<String, ?> options) {
        Expression equal = Plans.operation(
                Operator.EQUAL,
                new Expression.InputColumn(0, "id", DataType.ANY),
                new Expression.InputColumn(3, "id", DataType.ANY));
        WindowJoin join = new WindowJoin(
                List.of(
                        new WindowJoin.Input(Plans.scanOf("left", "id", "a", "ts"), 0),
                        new WindowJoin.Input(Plans.scanOf("right", "id", "b"), retain)),
                window,
                List.of(new WindowJoin.Step(kind, equal)));
        List<Output.OutputColumn> columns = new ArrayList<>();
        columns.add(new Output.OutputColumn("a", 1, Output.Presence.AS_IS));
        columns.add(new Output.OutputColumn("b", 4, Output.Presence.AS_IS));
        RulePlan plan = new RulePlan(Dialect.RULE, new Output(join, columns), List.of("left", "right"), List.of());
        engine.start(
                new RuleSpec(
                        "r1",
                        plan,
                        List.of(
                                definition("left", StreamKind.STREAM, Map.of("TIMESTAMP", "ts")),
                                definition(
                                        "right",
                                        retain > 0 ? StreamKind.SCAN_TABLE : StreamKind.STREAM,
                                        Map.of("TIMESTAMP", "ts"))),
                        List.of(new ActionSpec("test", 0, Map.of())),
                        RuleOptions.of(options)),
                this);
    }

    private void feed() throws InterruptedException {
        left.emit(Map.of("id", 1L, "a", "a1"));
        right.emit(Map.of("id", 2L, "b", "b2"));
        left.emit(Map.of("id", 2L, "a", "a2"));
        right.emit(Map.of("id", 3L, "b", "b3"));
        time.advanceTo(START.plusSeconds(10));
    }

    private static WindowSpec tumbling() {
        return WindowPlans.spec(Kind.TUMBLING, 10_000, 10_000);
    }

    @Test
    void anInnerJoinKeepsPairs() throws Exception {
        start(JoinKind.INNER, 0, tumbling(), Map.of());
        feed();

        assertThat(sink.rows).containsExactly(Map.of("a", "a2", "b", "b2"));
    }

    @Test
    void aLeftJoinKeepsTheRowsOfTheFirstInput() throws Exception {
        start(JoinKind.LEFT, 0, tumbling(), Map.of());
        feed();

        assertThat(sink.rows).containsExactly(Map.of("a", "a1"), Map.of("a", "a2", "b", "b2"));
    }

    @Test
    void aRightJoinKeepsTheRowsOfTheSecondInput() throws Exception {
        start(JoinKind.RIGHT, 0, tumbling(), Map.of());
        feed();

        assertThat(sink.rows).containsExactly(Map.of("a", "a2", "b", "b2"), Map.of("b", "b3"));
    }

    @Test
    void aFullJoinKeepsAllRows() throws Exception {
        start(JoinKind.FULL, 0, tumbling(), Map.of());
        feed();

        assertThat(sink.rows).hasSize(3);
    }

    @Test
    void aCrossJoinPairsAllRows() throws Exception {
        start(JoinKind.CROSS, 0, tumbling(), Map.of());
        feed();

        assertThat(sink.rows).hasSize(4);
    }

    @Test
    void aTableKeepsItsLastRowsAndSetsOffNothing() throws Exception {
        start(JoinKind.INNER, 2, null, Map.of());

        right.emit(Map.of("id", 1L, "b", "old"));
        right.emit(Map.of("id", 1L, "b", "b1"), Map.of("id", 2L, "b", "b2"));
        assertThat(sink.rows).isEmpty();
        left.emit(Map.of("id", 1L, "a", "a1"), Map.of("id", 3L, "a", "a3"));

        assertThat(sink.rows).containsExactly(Map.of("a", "a1", "b", "b1"));
    }

    @Test
    void streamsAreBroughtIntoOneOrderOfEventTime() throws Exception {
        WindowJoin join = new WindowJoin(
                List.of(
                        new WindowJoin.Input(Plans.scanOf("left", "id", "ts"), 0),
                        new WindowJoin.Input(Plans.scanOf("right", "id", "ts"), 0)),
                tumbling(),
                List.of(new WindowJoin.Step(JoinKind.CROSS, Plans.literal(true))));
        RulePlan plan = new RulePlan(
                Dialect.RULE,
                new Output(
                        join,
                        List.of(
                                new Output.OutputColumn("l", 0, Output.Presence.AS_IS),
                                new Output.OutputColumn("r", 2, Output.Presence.AS_IS))),
                List.of("left", "right"),
                List.of());
        engine.start(
                new RuleSpec(
                        "r1",
                        plan,
                        List.of(
                                definition("left", StreamKind.STREAM, Map.of("TIMESTAMP", "ts")),
                                definition("right", StreamKind.STREAM, Map.of("TIMESTAMP", "ts"))),
                        List.of(new ActionSpec("test", 0, Map.of())),
                        RuleOptions.of(Map.of("isEventTime", true))),
                this);
        long base = START.toEpochMilli();

        left.emit(Map.of("id", 1L, "ts", base), Map.of("id", 2L, "ts", base + 12_000));
        left.emit(Map.of("id", 3L, "ts", base + 30_000));
        assertThat(sink.rows).isEmpty();
        right.emit(Map.of("id", 10L, "ts", base + 5_000), Map.of("id", 20L, "ts", base + 13_000));
        right.emit(Map.of("id", 30L, "ts", base + 30_000));

        assertThat(sink.rows).containsExactly(Map.of("l", 1L, "r", 10L), Map.of("l", 2L, "r", 20L));
    }
}
