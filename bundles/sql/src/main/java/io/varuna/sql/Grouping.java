package io.varuna.sql;

import io.varuna.plan.Expression.ContextValue;
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
    private final boolean windowed;
    private final Calls calls;

    /** Creates the grouping by keys, of the rows of a window or of single rows. */
    Grouping(List<SqlNode> keys, boolean windowed, Calls calls) {
        this.keys = List.copyOf(keys);
        this.windowed = windowed;
        this.calls = calls;
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
        if (isKey(call) || Content.isAggregate(call)) {
            return call;
        }
        Meaning meaning = OpaqueOperator.meaning(call);
        // analytic functions have seen the row before it was grouped
        if (meaning instanceof Meaning.Analyse) {
            return firstRow(call);
        }
        if (meaning instanceof Meaning.Context context && context.kind() == ContextValue.Kind.EVENT_TIME) {
            // the time of a result is when its window fires
            return windowed
                    ? calls.windowColumn(Scope.windowColumn("window_trigger"), call.getParserPosition())
                    : firstRow(call);
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
