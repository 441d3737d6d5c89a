package io.varuna.sql;

import io.varuna.api.data.DataType;
import io.varuna.plan.Operator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlUnresolvedFunction;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** Rewrites LISTAGG and STRING_AGG, the texts of all rows as one, to what is gathered, then joined; NULL where there is none. */
final class JoinedTexts {
    private static final Set<String> NAMES = Set.of("listagg", "string_agg");

    private final ExpressionRewriter expressions;
    private final KnownFunctions known;
    private final Calls calls;

    JoinedTexts(ExpressionRewriter expressions, KnownFunctions known, Calls calls) {
        this.expressions = expressions;
        this.known = known;
        this.calls = calls;
    }

    /** Tells whether this is such a call, and no function of a plugin has the name. */
    boolean areMeantBy(SqlNode node) {
        return node instanceof SqlCall call
                && NAMES.contains(call.getOperator().getName().toLowerCase(Locale.ROOT))
                && (call.operandCount() == 1 || call.operandCount() == 2)
                && known.find(call).isEmpty();
    }

    /**
     * Returns what the call stands for.
     *
     * @param filter a condition on the rows that count; null for all
     */
    SqlNode rewrite(SqlCall call, @Nullable SqlNode filter, int item) {
        SqlParserPos position = call.getParserPosition();
        UnaryOperator<SqlNode> filtered = aggregate ->
                filter == null ? aggregate : SqlStdOperatorTable.FILTER.createCall(position, aggregate, filter);
        SqlUnresolvedFunction collect = new SqlUnresolvedFunction(
                new SqlIdentifier("collect", position),
                null,
                null,
                null,
                null,
                SqlFunctionCategory.USER_DEFINED_FUNCTION);
        SqlNode values = expressions.rewrite(
                collect.createCall(call.getFunctionQuantifier(), position, call.<SqlNode>operand(0)), item);
        SqlNode count = calls.aggregate(
                known.named("count", call),
                List.of(calls.repeated(expressions.rewrite(call.operand(0), item))),
                position);
        SqlNode separator =
                call.operandCount() == 2 ? expressions.rewrite(call.operand(1), item) : calls.text(",", position);
        SqlNode joined =
                calls.scalar(known.named("array_join", call), List.of(filtered.apply(values), separator), position);
        SqlNode none = calls.apply(
                Operator.EQUAL, position, filtered.apply(count), calls.constant(0L, DataType.BIGINT, position));
        return calls.apply(Operator.CASE, position, none, calls.nothing(position), joined);
    }
}
