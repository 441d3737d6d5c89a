package io.varuna.plan;

import io.varuna.api.data.Column;
import io.varuna.plan.Scan.ScanColumn;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Joins each row with the rows that a lookup table has for a key. Hands on the columns of the input, then those of the
 * table. A key with a NULL matches nothing.
 *
 * @param keyColumns columns of the table that are compared
 * @param keys by key column, the expression over the input that it must equal
 * @param residual what else must be true, over the columns of both; null if nothing
 * @param outer whether rows without a match are kept, with NULL for the columns of the table
 */
public record LookupJoin(
        PlanNode input,
        String table,
        String alias,
        List<ScanColumn> columns,
        List<String> keyColumns,
        List<Expression> keys,
        @Nullable Expression residual,
        boolean outer)
        implements PlanNode {
    public LookupJoin {
        columns = List.copyOf(columns);
        keyColumns = List.copyOf(keyColumns);
        keys = List.copyOf(keys);
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
        List<String> equal = keyColumns.stream().map(ExpressionText::name).toList();
        return "LookupJoin " + (outer ? "left " : "") + table + (alias.equals(table) ? "" : " AS " + alias)
                + PlanText.names(columns) + PlanText.condition(equal, keys, residual);
    }
}
