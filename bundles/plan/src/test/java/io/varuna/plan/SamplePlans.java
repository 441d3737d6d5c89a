package io.varuna.plan;

import io.varuna.api.data.DataType;
import io.varuna.plan.Expression.InputColumn;
import io.varuna.plan.Expression.Literal;
import io.varuna.plan.Expression.Operation;
import java.util.List;

/** Plans as the compiler makes them. */
final class SamplePlans {
    private static final Scan SCAN = new Scan(
            "demo",
            "d",
            List.of(
                    new Scan.ScanColumn("device", DataType.VARCHAR, Scan.ColumnSource.FIELD),
                    new Scan.ScanColumn("temperature", DataType.DOUBLE, Scan.ColumnSource.FIELD),
                    new Scan.ScanColumn("$record", DataType.ANY, Scan.ColumnSource.RECORD),
                    new Scan.ScanColumn("$meta", DataType.ANY, Scan.ColumnSource.METADATA)));

    private static final InputColumn DEVICE = new InputColumn(0, "device", DataType.VARCHAR);
    private static final InputColumn TEMPERATURE = new InputColumn(1, "temperature", DataType.DOUBLE);

    /** SELECT device, avg(temperature) AS mean ... GROUP BY device, TUMBLINGWINDOW(ss, 10) HAVING ... */
    static final RulePlan AVERAGE = new RulePlan(
            Dialect.RULE,
            new Output(
                    new Filter(
                            new WindowAggregate(
                                    new Filter(SCAN, greater(TEMPERATURE, 20)),
                                    new WindowSpec(
                                            WindowSpec.Kind.TUMBLING,
                                            WindowSpec.Unit.SS,
                                            10_000,
                                            10_000,
                                            0,
                                            null,
                                            null,
                                            null,
                                            null,
                                            List.of()),
                                    List.of(DEVICE),
                                    List.of("device"),
                                    List.of(new AggregateCall(
                                            "avg", List.of(TEMPERATURE), null, false, DataType.DOUBLE, "mean"))),
                            greater(new InputColumn(1, "mean", DataType.DOUBLE), 25)),
                    List.of(
                            new Output.OutputColumn("device", 0, Output.Presence.AS_IS),
                            new Output.OutputColumn("mean", 1, Output.Presence.NOT_NULL))),
            List.of("demo"),
            List.of("avg"));

    /** A plan with all the other nodes. */
    static final RulePlan STEPS = new RulePlan(
            Dialect.STANDARD,
            new Output(
                    new Limit(
                            new Sort(
                                    new Aggregate(
                                            new Window(
                                                    new Analytic(
                                                            SCAN,
                                                            List.of(
                                                                    new Analytic.Call(
                                                                            "lag",
                                                                            List.of(TEMPERATURE),
                                                                            List.of(DEVICE),
                                                                            greater(TEMPERATURE, 0),
                                                                            DataType.DOUBLE,
                                                                            "before"))),
                                                    new WindowSpec(
                                                            WindowSpec.Kind.SLIDING,
                                                            WindowSpec.Unit.MI,
                                                            90_000,
                                                            90_000,
                                                            1_000,
                                                            greater(TEMPERATURE, 1),
                                                            greater(TEMPERATURE, 2),
                                                            null,
                                                            null,
                                                            List.of(DEVICE))),
                                            List.of(DEVICE),
                                            List.of("device"),
                                            List.of(new AggregateCall(
                                                    AggregateCall.COUNT_ROWS,
                                                    List.of(),
                                                    greater(TEMPERATURE, 3),
                                                    true,
                                                    DataType.BIGINT,
                                                    "n"))),
                                    List.of(new Sort.Key(DEVICE, true))),
                            0,
                            3),
                    List.of(new Output.OutputColumn("*", 0, Output.Presence.SPREAD))),
            List.of("demo"),
            List.of("lag"));

    /** A plan with aggregates over the rows before. */
    static final RulePlan RUNNING = new RulePlan(
            Dialect.STANDARD,
            new Output(
                    new RunningAggregate(
                            new RunningAggregate(
                                    SCAN,
                                    List.of(DEVICE),
                                    new RunningAggregate.Frame(RunningAggregate.Frame.Unit.RANGE, 90_000),
                                    List.of(new AggregateCall(
                                            "avg", List.of(TEMPERATURE), null, false, DataType.DOUBLE, "mean"))),
                            List.of(),
                            new RunningAggregate.Frame(
                                    RunningAggregate.Frame.Unit.ROWS, RunningAggregate.Frame.UNBOUNDED),
                            List.of(new AggregateCall(
                                    AggregateCall.COUNT_ROWS,
                                    List.of(),
                                    greater(TEMPERATURE, 3),
                                    false,
                                    DataType.BIGINT,
                                    "n"))),
                    List.of(new Output.OutputColumn("mean", 2, Output.Presence.NOT_NULL))),
            List.of("demo"),
            List.of("avg"));

    /** A plan with the nodes that keep rows back. */
    static final RulePlan WAITING = new RulePlan(
            Dialect.RULE,
            new Output(
                    new Delay(
                            new DedupTrigger(SCAN, TEMPERATURE, TEMPERATURE, TEMPERATURE, 600_000, "parts"),
                            List.of(TEMPERATURE)),
                    List.of(new Output.OutputColumn("parts", 2, Output.Presence.NOT_NULL))),
            List.of("demo"),
            List.of());

    private SamplePlans() {}

    static RulePlan selecting(Expression expression) {
        return new RulePlan(
                Dialect.RULE,
                new Output(
                        new Project(SCAN, List.of(expression), List.of("x")),
                        List.of(new Output.OutputColumn("x", 0, Output.Presence.NOT_NULL))),
                List.of("demo"),
                List.of());
    }

    static Expression greater(Expression left, double right) {
        return new Operation(Operator.GREATER, List.of(left, new Literal(right, DataType.DOUBLE)), DataType.BOOLEAN);
    }
}
