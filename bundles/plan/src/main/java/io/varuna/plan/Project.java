package io.varuna.plan;

import io.varuna.api.data.Column;
import java.util.ArrayList;
import java.util.List;

/**
 * Computes new rows.
 *
 * @param names for people, one for each expression
 */
public record Project(PlanNode input, List<Expression> expressions, List<String> names) implements PlanNode {
    public Project {
        expressions = List.copyOf(expressions);
        names = List.copyOf(names);
        if (names.size() != expressions.size()) {
            throw new IllegalArgumentException(names + " for " + expressions);
        }
    }

    @Override
    public List<PlanNode> inputs() {
        return List.of(input);
    }

    @Override
    public List<Column> output() {
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            columns.add(new Column(names.get(i), expressions.get(i).type()));
        }
        return columns;
    }

    @Override
    public String describe() {
        return "Project " + PlanText.named(expressions, names);
    }
}
