package io.varuna.sql;

import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelectKeyword;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/**
 * Takes the aggregates of WHERE for what they are over the whole result of the window, so that each of its rows can be compared
 * with them.
 */
final class ResultAggregates extends SqlShuttle {
    private ResultAggregates() {}

    static SqlNode in(SqlNode condition) {
        SqlNode replaced = condition.accept(new ResultAggregates());
        return replaced == null ? condition : replaced;
    }

    @Override
    public @Nullable SqlNode visit(SqlCall call) {
        if (!Content.isAggregate(call)) {
            return super.visit(call);
        }
        boolean filtered = call.getKind() == SqlKind.FILTER;
        SqlCall aggregate = filtered ? call.operand(0) : call;
        SqlLiteral quantifier = aggregate.getFunctionQuantifier();
        boolean distinct = quantifier != null && quantifier.getValue() == SqlSelectKeyword.DISTINCT;
        AggregateOperator operator = (AggregateOperator) aggregate.getOperator();
        return operator.overResult(
                aggregate.getOperandList(), distinct, filtered ? call.operand(1) : null, call.getParserPosition());
    }
}
