package io.varuna.plan;

import io.varuna.api.data.Column;
import io.varuna.api.data.DataType;
import java.util.ArrayList;
import java.util.List;

/**
 * Adds a column with the number of the row in its result, from 1. A row that comes by itself has number 1.
 *
 * @param partitionBy the rows of each combination of these values are numbered by themselves
 * @param orderBy the order in which they are numbered; the rows stay where they are
 */
public record RowNumber(PlanNode input, List<Expression> partitionBy, List<Sort.Key> orderBy, String name)
        implements PlanNode {
    public RowNumber {
        partitionBy = List.copyOf(partitionBy);
        orderBy = List.copyOf(orderBy);
    }

    @Override
    public List<PlanNode> inputs() {
        return List.of(input);
    }

    @Override
    public List<Column> output() {
        List<Column> columns = new ArrayList<>(input.output());
        columns.add(new Column(name, DataType.BIGINT));
        return columns;
    }

    @Override
    public String describe() {
        return "RowNumber " + ExpressionText.name(name)
                + (partitionBy.isEmpty() ? "" : " partition by " + PlanText.list(partitionBy))
                + (orderBy.isEmpty() ? "" : " order by " + Sort.text(orderBy));
    }
}
