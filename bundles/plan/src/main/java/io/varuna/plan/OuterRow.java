package io.varuna.plan;

import io.varuna.api.data.Column;
import java.util.List;
import java.util.stream.Collectors;

/** In the plan of an {@link Expression.Subquery}: the row for which it is evaluated, with the values that it takes from there. */
public record OuterRow(List<Column> output) implements PlanNode {
    public OuterRow {
        output = List.copyOf(output);
    }

    @Override
    public List<PlanNode> inputs() {
        return List.of();
    }

    @Override
    public String describe() {
        return "OuterRow"
                + output.stream()
                        .map(column -> ExpressionText.name(column.name()))
                        .collect(Collectors.joining(", ", " [", "]"));
    }
}
