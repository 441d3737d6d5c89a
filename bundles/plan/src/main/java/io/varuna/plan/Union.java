package io.varuna.plan;

import io.varuna.api.data.Column;
import java.util.List;

/** Hands on the rows of all inputs, which have the same number of columns; the first one names them. */
public record Union(List<PlanNode> inputs) implements PlanNode {
    public Union {
        inputs = List.copyOf(inputs);
    }

    @Override
    public List<Column> output() {
        return inputs.get(0).output();
    }

    @Override
    public String describe() {
        return "Union";
    }
}
