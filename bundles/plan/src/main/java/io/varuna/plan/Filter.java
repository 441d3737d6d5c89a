package io.varuna.plan;

import io.varuna.api.data.Column;
import java.util.List;

/** Hands on the rows for which the condition is true. */
public record Filter(PlanNode input, Expression condition) implements PlanNode {
    @Override
    public List<PlanNode> inputs() {
        return List.of(input);
    }

    @Override
    public List<Column> output() {
        return input.output();
    }

    @Override
    public String describe() {
        return "Filter " + condition;
    }
}
