package io.varuna.plan;

import io.varuna.api.data.Column;
import java.util.List;

/**
 * Hands on the rows of its input later, in their order. A result waits as long as its rows do together.
 *
 * @param millis how long a row waits: the sum of these, of which those that are NULL or negative do not count
 */
public record Delay(PlanNode input, List<Expression> millis) implements PlanNode {
    public Delay {
        millis = List.copyOf(millis);
    }

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
        return "Delay " + PlanText.list(millis) + " ms";
    }
}
