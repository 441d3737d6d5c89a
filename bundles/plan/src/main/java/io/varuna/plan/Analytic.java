package io.varuna.plan;

import io.varuna.api.data.Column;
import io.varuna.api.data.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Adds a column for each call of an analytic function to its input. Every row is evaluated once, in order. */
public record Analytic(PlanNode input, List<Call> calls) implements PlanNode {
    /**
     * A call of an analytic function.
     *
     * @param partitionBy a state is kept for each combination of these values
     * @param when the function sees only rows for which this is true; null for all rows
     */
    public record Call(
            String function,
            List<Expression> arguments,
            List<Expression> partitionBy,
            @Nullable Expression when,
            DataType type,
            String name) {
        public Call {
            arguments = List.copyOf(arguments);
            partitionBy = List.copyOf(partitionBy);
        }

        @Override
        public String toString() {
            String over = (partitionBy.isEmpty() ? "" : "PARTITION BY " + PlanText.list(partitionBy))
                    + (when == null ? "" : (partitionBy.isEmpty() ? "" : " ") + "WHEN " + when);
            return ExpressionText.call(function, arguments) + (over.isEmpty() ? "" : " OVER (" + over + ")");
        }
    }

    public Analytic {
        calls = List.copyOf(calls);
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
        return "Analytic "
                + calls.stream()
                        .map(call -> call + " AS " + ExpressionText.name(call.name()))
                        .collect(Collectors.joining(", "));
    }
}
