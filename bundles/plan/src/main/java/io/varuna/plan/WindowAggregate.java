package io.varuna.plan;

import io.varuna.api.data.Column;
import java.util.ArrayList;
import java.util.List;

/**
 * A window whose rows are only needed for aggregates, which are kept up to date row by row. Hands on a result with a row
 * for each group: first the keys, then the calls, then the columns that a {@link Window} adds.
 */
public record WindowAggregate(
        PlanNode input, WindowSpec window, List<Expression> keys, List<String> keyNames, List<AggregateCall> calls)
        implements PlanNode {
    public WindowAggregate {
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
        List<Column> columns = new ArrayList<>(PlanText.columns(keys, keyNames, calls));
        columns.addAll(Window.COLUMNS);
        return columns;
    }

    @Override
    public String describe() {
        return "WindowAggregate " + window + ": " + PlanText.calls(calls) + PlanText.keys(keys, keyNames);
    }
}
