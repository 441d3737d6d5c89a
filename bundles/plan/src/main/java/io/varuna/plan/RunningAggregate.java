package io.varuna.plan;

import io.varuna.api.data.Column;
import java.util.ArrayList;
import java.util.List;

/**
 * Adds a column for each call of an aggregate function to its input: of the rows that came so far, or of the last of them, the
 * row itself included.
 *
 * @param partitionBy the rows of each combination of these values are aggregated by themselves
 */
public record RunningAggregate(PlanNode input, List<Expression> partitionBy, Frame frame, List<AggregateCall> calls)
        implements PlanNode {
    public RunningAggregate {
        partitionBy = List.copyOf(partitionBy);
        calls = List.copyOf(calls);
    }

    /**
     * Which rows before a row count with it.
     *
     * @param preceding how many rows, or how many milliseconds, the first of them is before; {@link #UNBOUNDED} for all
     */
    public record Frame(Unit unit, long preceding) {
        /** All rows that have come count. */
        public static final long UNBOUNDED = -1;

        /** What a frame is measured in. */
        public enum Unit {
            ROWS,
            /** Milliseconds. Rows of the same time are in the frames of each other. */
            RANGE
        }

        public boolean bounded() {
            return preceding != UNBOUNDED;
        }

        @Override
        public String toString() {
            if (!bounded()) {
                return unit + " UNBOUNDED PRECEDING";
            }
            return unit + " " + (unit == Unit.ROWS ? preceding : PlanText.time(preceding)) + " PRECEDING";
        }
    }

    @Override
    public List<PlanNode> inputs() {
        return List.of(input);
    }

    @Override
    public List<Column> output() {
        List<Column> columns = new ArrayList<>(input.output());
        calls.forEach(call -> columns.add(new Column(call.name(), call.type())));
        return columns;
    }

    @Override
    public String describe() {
        return "RunningAggregate " + PlanText.calls(calls) + " over "
                + (partitionBy.isEmpty() ? "" : "PARTITION BY " + PlanText.list(partitionBy) + " ") + frame;
    }
}
