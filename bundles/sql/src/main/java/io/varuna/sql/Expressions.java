package io.varuna.sql;

import io.varuna.api.data.DataType;
import io.varuna.plan.Expression;
import io.varuna.plan.Expression.FunctionCall;
import io.varuna.plan.Expression.InputColumn;
import io.varuna.plan.Expression.Operation;
import io.varuna.plan.Expression.Subquery;
import io.varuna.plan.Operator;
import java.util.List;

/** Makes expressions of a plan of others. */
final class Expressions {
    private Expressions() {}

    /** Returns the condition that is true where all are. */
    static Expression and(List<Expression> conjuncts) {
        return conjuncts.size() == 1 ? conjuncts.get(0) : new Operation(Operator.AND, conjuncts, DataType.BOOLEAN);
    }

    /** Returns the conditions that all must be true for a condition to be. */
    static List<Expression> conjuncts(Expression condition) {
        if (!(condition instanceof Operation operation) || operation.operator() != Operator.AND) {
            return List.of(condition);
        }
        return operation.operands().stream()
                .flatMap(operand -> conjuncts(operand).stream())
                .toList();
    }

    /**
     * Returns the same expression over rows that have more columns in front.
     *
     * @param alias that of the source, which is put before the names of columns; empty for none
     */
    static Expression shifted(Expression expression, int by, String alias) {
        if (expression instanceof InputColumn column) {
            String name = alias.isEmpty() ? column.name() : alias + "." + column.name();
            return new InputColumn(column.index() + by, name, column.type());
        }
        if (expression instanceof Operation operation) {
            return new Operation(operation.operator(), shifted(operation.operands(), by, alias), operation.type());
        }
        if (expression instanceof FunctionCall call) {
            return new FunctionCall(call.function(), shifted(call.arguments(), by, alias), call.type());
        }
        if (expression instanceof Subquery query) {
            return new Subquery(query.result(), query.plan(), shifted(query.parameters(), by, alias), query.type());
        }
        return expression;
    }

    private static List<Expression> shifted(List<Expression> expressions, int by, String alias) {
        return expressions.stream()
                .map(expression -> shifted(expression, by, alias))
                .toList();
    }
}
