package io.varuna.sql;

import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.util.SqlShuttle;
import org.apache.calcite.util.Litmus;
import org.jspecify.annotations.Nullable;

/**
 * Brings expressions of an aggregating query to the level of groups: what is neither a key nor inside of an aggregate function
 * is taken from the first row of the group.
 */
final class Grouping extends SqlShuttle {
    private final List<SqlNode> keys;

    Grouping(List<SqlNode> keys) {
        this.keys = List.copyOf(keys);
    }

    SqlNode lift(SqlNode expression) {
        SqlNode lifted = expression.accept(this);
        return lifted == null ? expression : lifted;
    }

    private boolean isKey(SqlNode node) {
        return keys.stream().anyMatch(key -> key.equalsDeep(node, Litmus.IGNORE));
    }

    @Override
    public @Nullable SqlNode visit(SqlIdentifier identifier) {
        return isKey(identifier) ? identifier : firstRow(identifier);
    }

    @Override
    public @Nullable SqlNode visit(SqlCall call) {
        if (isKey(call) || FunctionRewriter.isAggregate(call)) {
            return call;
        }
        Meaning meaning = OpaqueOperator.meaning(call);
        // analytic functions have seen the row before it was grouped
        if (meaning instanceof Meaning.Analyse
                || (meaning instanceof Meaning.Context context
                        && context.kind() == io.varuna.plan.Expression.ContextValue.Kind.EVENT_TIME)) {
            return firstRow(call);
        }
        return super.visit(call);
    }

    @Override
    public @Nullable SqlNode visit(SqlNodeList list) {
        return list;
    }

    private static SqlNode firstRow(SqlNode node) {
        return AggregateOperator.firstRow().createCall(node.getParserPosition(), node);
    }
}
