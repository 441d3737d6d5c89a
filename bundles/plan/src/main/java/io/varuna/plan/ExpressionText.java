package io.varuna.plan;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Prints expressions the way a statement would have them. */
final class ExpressionText {
    private ExpressionText() {}

    static String literal(@Nullable Object value) {
        if (value instanceof String text) {
            return "'" + text.replace("'", "''") + "'";
        }
        return value == null ? "NULL" : String.valueOf(value);
    }

    static String name(String name) {
        return name.matches("[A-Za-z_$][A-Za-z0-9_$.]*") ? name : "`" + name + "`";
    }

    static String call(String function, List<Expression> arguments) {
        return function + "(" + list(arguments) + ")";
    }

    static String rowValue(Expression.RowValue row) {
        String variables = row.variables().isEmpty() ? "" : " OF " + String.join(", ", row.variables());
        String offset = row.offset() == 0 ? "" : ", " + row.offset();
        boolean plain = row.isNearby() && row.back() != 0;
        String text = plain
                ? row.value().toString()
                : (row.whole() ? "FINAL " : "") + (row.first() ? "first(" : "last(") + row.value() + variables + offset
                        + ")";
        return row.back() == 0 ? text : "prev(" + text + (row.back() == 1 ? "" : ", " + row.back()) + ")";
    }

    /** Prints the steps of a query as they follow each other, the first one in front. */
    static String subquery(Expression.Subquery query) {
        StringBuilder steps = new StringBuilder();
        for (PlanNode node = query.plan();
                !node.inputs().isEmpty();
                node = node.inputs().get(0)) {
            steps.insert(0, (node.inputs().get(0).inputs().isEmpty() ? "" : ", ") + node.describe());
        }
        return query.result() + " (" + steps + ")"
                + (query.parameters().isEmpty() ? "" : " of " + list(query.parameters()));
    }

    static String operation(Expression.Operation operation) {
        List<Expression> operands = operation.operands();
        String symbol = operation.operator().symbol();
        return switch (operation.operator()) {
            case AND, OR -> operands.stream()
                    .map(ExpressionText::nested)
                    .collect(Collectors.joining(" " + symbol + " "));
            case EQUAL,
                    NOT_EQUAL,
                    LESS,
                    LESS_OR_EQUAL,
                    GREATER,
                    GREATER_OR_EQUAL,
                    PLUS,
                    MINUS,
                    MULTIPLY,
                    DIVIDE,
                    REMAINDER,
                    BITWISE_AND,
                    BITWISE_OR,
                    BITWISE_XOR,
                    CONCATENATE,
                    IN_LIST,
                    NOT_IN_LIST -> nested(operands.get(0)) + " " + symbol + " " + nested(operands.get(1));
            case LIKE, NOT_LIKE -> nested(operands.get(0)) + " " + symbol + " " + nested(operands.get(1))
                    + (operands.size() > 2 ? " ESCAPE " + nested(operands.get(2)) : "");
            case BETWEEN, NOT_BETWEEN -> nested(operands.get(0)) + " " + symbol + " " + nested(operands.get(1))
                    + " AND " + nested(operands.get(2));
            case IN, NOT_IN -> nested(operands.get(0)) + " " + symbol + " ("
                    + list(operands.subList(1, operands.size())) + ")";
            case ANY, ALL -> nested(operands.get(0)) + " "
                    + Operator.valueOf(String.valueOf(((Expression.Literal) operands.get(1)).value()))
                            .symbol()
                    + " " + symbol + " " + nested(operands.get(2));
            case LIST -> symbol + "[" + list(operands) + "]";
            case NOT, NEGATE -> symbol + " " + nested(operands.get(0));
            case IS_NULL, IS_NOT_NULL, IS_TRUE, IS_NOT_TRUE, IS_FALSE, IS_NOT_FALSE -> nested(operands.get(0)) + " "
                    + symbol;
            case MEMBER -> nested(operands.get(0)) + "->"
                    + (operands.get(1) instanceof Expression.Literal literal
                            ? name(String.valueOf(literal.value()))
                            : nested(operands.get(1)));
            case INDEX -> nested(operands.get(0)) + "[" + operands.get(1) + "]";
            case SLICE -> nested(operands.get(0)) + "[" + bound(operands.get(1)) + ":" + bound(operands.get(2)) + "]";
            case CASE -> branches(operands);
            case ADD_TIME -> later(operands.get(0), operands.get(1));
            case CAST -> "CAST(" + operands.get(0) + " AS " + operation.type() + ")";
            case COALESCE, POSITION, STRUCT, EACH, MERGE, EXCEPT, REPLACE -> call(
                    symbol.toLowerCase(Locale.ROOT), operands);
        };
    }

    private static String later(Expression time, Expression added) {
        if (!(added instanceof Expression.Literal literal) || !(literal.value() instanceof Long millis)) {
            return nested(time) + " + " + nested(added);
        }
        String length = Duration.ofMillis(millis).abs().toString().substring(2).toLowerCase(Locale.ROOT);
        return nested(time) + (millis < 0 ? " - " : " + ") + length;
    }

    private static String branches(List<Expression> operands) {
        StringBuilder text = new StringBuilder("CASE");
        for (int i = 0; i + 1 < operands.size(); i += 2) {
            text.append(" WHEN ").append(operands.get(i)).append(" THEN ").append(operands.get(i + 1));
        }
        return text.append(" ELSE ")
                .append(operands.get(operands.size() - 1))
                .append(" END")
                .toString();
    }

    private static String bound(Expression expression) {
        return expression instanceof Expression.Literal literal && literal.value() == null ? "" : expression.toString();
    }

    private static String list(List<Expression> expressions) {
        return expressions.stream().map(Expression::toString).collect(Collectors.joining(", "));
    }

    private static String nested(Expression expression) {
        boolean simple = !(expression instanceof Expression.Operation operation)
                || switch (operation.operator()) {
                    case MEMBER,
                            INDEX,
                            POSITION,
                            SLICE,
                            CASE,
                            CAST,
                            COALESCE,
                            LIST,
                            STRUCT,
                            EACH,
                            MERGE,
                            EXCEPT,
                            REPLACE -> true;
                    default -> false;
                };
        return simple ? expression.toString() : "(" + expression + ")";
    }
}
