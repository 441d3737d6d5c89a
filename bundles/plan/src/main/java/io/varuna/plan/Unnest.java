package io.varuna.plan;

import io.varuna.api.data.Column;
import io.varuna.api.data.DataType;
import java.util.ArrayList;
import java.util.List;

/** Makes as many rows of each row as a table function gives: the columns of the input, then what the function gave. */
public record Unnest(PlanNode input, String function, List<Expression> arguments, String name) implements PlanNode {
    public Unnest {
        arguments = List.copyOf(arguments);
    }

    @Override
    public List<PlanNode> inputs() {
        return List.of(input);
    }

    @Override
    public List<Column> output() {
        List<Column> columns = new ArrayList<>(input.output());
        columns.add(new Column(name, DataType.ANY));
        return columns;
    }

    @Override
    public String describe() {
        return "Unnest " + ExpressionText.call(function, arguments) + " AS " + ExpressionText.name(name);
    }
}
