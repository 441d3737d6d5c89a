package io.varuna.plan;

import io.varuna.api.data.Column;
import java.util.List;

/**
 * Groups the rows of each result of its input, and hands on a result with a row for each group: first the keys, then the
 * calls. A row that comes without a window is a result of its own.
 */
public record Aggregate(PlanNode input, List<Expression> keys, List<String> keyNames, List<AggregateCall> calls)
        implements PlanNode {
    public Aggregate {
        keys = List.copyOf(keys);
        keyNames = List.copyOf(keyNames);
        calls = List.copyOf(calls);
    }

    @Override
    public List<PlanNode> inputs() {
        return List.of(input);
    }

    @Override
    public List<Column> output() {
        return PlanText.columns(keys, keyNames, calls);
    }

    @Override
    public String describe() {
        return "Aggregate " + PlanText.calls(calls) + PlanText.keys(keys, keyNames);
    }
}
