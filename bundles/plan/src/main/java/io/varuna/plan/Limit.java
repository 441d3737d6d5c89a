package io.varuna.plan;

import io.varuna.api.data.Column;
import java.util.List;

/** Cuts each result to a number of rows. */
public record Limit(PlanNode input, long offset, long count) implements PlanNode {
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
        return "Limit " + count + (offset == 0 ? "" : " from " + offset);
    }
}
