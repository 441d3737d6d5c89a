package io.varuna.plan;

import io.varuna.api.data.Column;
import java.util.ArrayList;
import java.util.List;

/** Adds a column for each call of an aggregate function to every row of a result: the aggregate over all of its rows. */
public record Totals(PlanNode input, List<AggregateCall> calls) implements PlanNode {
    public Totals {
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
        return "Totals " + PlanText.calls(calls);
    }
}
