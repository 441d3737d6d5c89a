package io.varuna.plan;

import io.varuna.api.data.Column;
import io.varuna.plan.Scan.ScanColumn;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * In the plan of an {@link Expression.Subquery}: joins the outer row with the rows that an input of a {@link WindowJoin} has, in
 * its window or as a table. Hands on the columns of the outer row, then those of the other. A key with a NULL matches nothing.
 *
 * @param gathered the name of the input of the window join
 * @param columns the columns of that input which are used
 * @param keys what is compared for equality, over the outer row
 * @param rowKeys what each of the keys must equal, over a row of {@code columns}
 * @param residual what else must be true, over the columns of both; null if nothing
 */
public record GatheredJoin(
        PlanNode input,
        String gathered,
        List<ScanColumn> columns,
        List<Expression> keys,
        List<Expression> rowKeys,
        @Nullable Expression residual)
        implements PlanNode {
    public GatheredJoin {
        columns = List.copyOf(columns);
        keys = List.copyOf(keys);
        rowKeys = List.copyOf(rowKeys);
    }

    @Override
    public List<PlanNode> inputs() {
        return List.of(input);
    }

    @Override
    public List<Column> output() {
        return PlanText.joined(input, columns);
    }

    @Override
    public String describe() {
        List<String> equal = rowKeys.stream().map(Expression::toString).toList();
        return "GatheredJoin " + gathered + PlanText.names(columns) + PlanText.condition(equal, keys, residual);
    }
}
