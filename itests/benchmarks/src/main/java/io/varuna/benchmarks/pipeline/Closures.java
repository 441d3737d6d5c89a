package io.varuna.benchmarks.pipeline;

import io.varuna.plan.Expression;
import io.varuna.plan.Expression.InputColumn;
import io.varuna.plan.Expression.Literal;
import io.varuna.plan.Expression.Operation;
import io.varuna.plan.Operator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * Expressions as functions over rows of objects, put together as is commonly done. They know numbers, texts and truth, and
 * neither NULL nor failures.
 */
final class Closures {
    private Closures() {}

    static Function<Object[], Object> of(Expression expression) {
        if (expression instanceof Literal literal) {
            Object value = Objects.requireNonNull(literal.value());
            return row -> value;
        }
        if (expression instanceof InputColumn column) {
            int index = column.index();
            return row -> row[index];
        }
        if (expression instanceof Operation operation) {
            return operation(operation);
        }
        throw new IllegalArgumentException("No closure is made of " + expression);
    }

    private static Function<Object[], Object> operation(Operation operation) {
        List<Function<Object[], Object>> operands =
                operation.operands().stream().map(Closures::of).toList();
        if (operands.size() > 2 && operation.operator() == Operator.AND) {
            return operands.stream().reduce(Closures::and).orElseThrow();
        }
        if (operands.size() != 2) {
            throw new IllegalArgumentException("No closure is made of " + operation);
        }
        Function<Object[], Object> left = operands.get(0);
        Function<Object[], Object> right = operands.get(1);
        return switch (operation.operator()) {
            case AND -> and(left, right);
            case OR -> row -> (Boolean) left.apply(row) || (Boolean) right.apply(row);
            case EQUAL -> row -> left.apply(row).equals(right.apply(row));
            case GREATER -> row -> number(left.apply(row)) > number(right.apply(row));
            case LESS -> row -> number(left.apply(row)) < number(right.apply(row));
            case PLUS -> row -> number(left.apply(row)) + number(right.apply(row));
            case MINUS -> row -> number(left.apply(row)) - number(right.apply(row));
            case MULTIPLY -> row -> number(left.apply(row)) * number(right.apply(row));
            case DIVIDE -> row -> number(left.apply(row)) / number(right.apply(row));
            default -> throw new IllegalArgumentException("No closure is made of " + operation);
        };
    }

    private static Function<Object[], Object> and(Function<Object[], Object> left, Function<Object[], Object> right) {
        return row -> (Boolean) left.apply(row) && (Boolean) right.apply(row);
    }

    private static double number(Object value) {
        return ((Number) value).doubleValue();
    }
}
