package io.varuna.sql;

import io.varuna.api.error.StandardError;
import io.varuna.api.function.FunctionDefinition;
import io.varuna.sql.parser.WhenWindow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlWindow;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** Rewrites calls that can have OVER: analytic functions and the numbering of rows. */
final class OverCalls {
    private final ExpressionRewriter expressions;
    private final Scope scope;
    private final StatementText text;
    private final Calls calls;
    private final Map<String, SqlWindow> windows = new HashMap<>();

    OverCalls(ExpressionRewriter expressions, Scope scope, StatementText text, Calls calls) {
        this.expressions = expressions;
        this.scope = scope;
        this.text = text;
        this.calls = calls;
    }

    /** Lets OVER refer to the windows that the clause WINDOW names. */
    void windows(SqlNodeList declared) {
        declared.forEach(node -> {
            SqlWindow window = (SqlWindow) node;
            String name = String.valueOf(window.getDeclName());
            if (windows.put(name, window) != null) {
                throw text.error(
                        StandardError.COLUMN_AMBIGUOUS, "WINDOW has two windows with the name '" + name + "'", window);
            }
        });
    }

    /** Returns the window of a call with OVER. */
    SqlWindow window(SqlCall call) {
        SqlWindow window = call.operand(1) instanceof SqlIdentifier name
                ? namedWindow(name)
                : (SqlWindow) call.<SqlNode>operand(1);
        if (window.getRefName() != null) {
            throw calls.unsupported(
                    "A window that adds to another one is not supported. Write all of it in one place", window);
        }
        return window;
    }

    private SqlWindow namedWindow(SqlIdentifier name) {
        SqlWindow window = windows.get(name.toString());
        if (window == null) {
            throw text.error(
                    StandardError.INVALID_WINDOW,
                    "There is no window '" + name + "'"
                            + StatementText.suggest(name.toString(), windows.keySet(), "The clause WINDOW has"),
                    name);
        }
        return window;
    }

    /** Returns the call of an analytic function, whose arguments have been rewritten. */
    SqlNode analytic(
            FunctionDefinition function,
            List<SqlNode> arguments,
            @Nullable SqlWindow over,
            int item,
            SqlParserPos position) {
        if (scope.sources().size() > 1) {
            throw text.error(
                    StandardError.UNSUPPORTED,
                    "The analytic function '" + function.name()
                            + "' needs the order of one stream's rows and cannot be used in a join",
                    position);
        }
        List<SqlNode> partitionBy = new ArrayList<>();
        SqlNode when = null;
        if (over != null) {
            partitionBy.addAll(expressions.rewriteAll(over.getPartitionList(), item));
            if (over instanceof WhenWindow conditional) {
                when = expressions.rewrite(conditional.when(), item);
            }
        }
        for (SqlNode operand : arguments) {
            if (Content.hasAggregate(operand) || Content.has(operand, Meaning.OverRows.class)) {
                throw calls.unsupported(
                        "The analytic function '" + function.name() + "' sees rows before they are aggregated",
                        operand);
            }
        }
        return calls.analytic(function, arguments, partitionBy, when, position);
    }

    /** Returns the call of row_number, with OVER or without. */
    SqlNode rowNumber(SqlCall call, @Nullable SqlWindow over, int item) {
        if (call.operandCount() > 0) {
            throw text.error(StandardError.INVALID_ARGUMENT, "'row_number' takes no arguments", call);
        }
        if (over == null) {
            return calls.rowNumber(List.of(), List.of(), List.of(), call.getParserPosition());
        }
        if (over instanceof WhenWindow || over.getLowerBound() != null || over.getUpperBound() != null) {
            throw calls.unsupported("OVER of 'row_number' takes PARTITION BY and ORDER BY", over);
        }
        List<SqlNode> keys = new ArrayList<>();
        List<Boolean> descending = new ArrayList<>();
        for (SqlNode key : over.getOrderList()) {
            OrderItem sorted = OrderItem.of(key);
            SqlNode value = expressions.rewrite(sorted.value(), item);
            if (sorted.nullsFirst()) {
                keys.add(OrderItem.nullsFirst(value, calls));
                descending.add(false);
            }
            keys.add(value);
            descending.add(sorted.descending());
        }
        List<SqlNode> partitionBy = expressions.rewriteAll(over.getPartitionList(), item);
        return calls.rowNumber(partitionBy, keys, descending, call.getParserPosition());
    }
}
