package io.varuna.engine.vector;

import io.varuna.api.data.DataType;
import io.varuna.engine.data.ColumnVector;
import io.varuna.engine.expression.ExpressionCompiler;
import io.varuna.plan.Expression;
import io.varuna.plan.Expression.ContextValue;
import io.varuna.plan.Operator;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes expressions over columns; what has no loop of its own is evaluated row by row within it. */
final class ColumnCompiler {
    private final ExpressionCompiler rows;
    private final boolean twoValued;

    ColumnCompiler(ExpressionCompiler rows) {
        this.rows = rows;
        this.twoValued = rows.surroundings().twoValued();
    }

    /** Tells whether the value depends on what became of the rows before, so that rows go one by one. */
    static boolean sequential(Expression expression) {
        return (expression instanceof ContextValue context
                        && (context.kind() == ContextValue.Kind.LAST_HIT_COUNT
                                || context.kind() == ContextValue.Kind.LAST_HIT_TIME))
                || expression.children().stream().anyMatch(ColumnCompiler::sequential);
    }

    Leaves.Plain plain(Expression expression) {
        return plain(expression, false);
    }

    /** Makes an expression that is evaluated row by row; {@code raw} tells a column that a row does not have from NULL. */
    Leaves.Plain plain(Expression expression, boolean raw) {
        int[] inputs = Expression.inputs(List.of(expression)).stream()
                .mapToInt(Integer::intValue)
                .toArray();
        return new Leaves.Plain(raw ? rows.compileRaw(expression) : rows.compile(expression), inputs);
    }

    ColumnExpression compile(Expression expression) {
        if (expression instanceof Expression.Literal literal) {
            return Leaves.Constant.of(literal.value());
        }
        if (expression instanceof Expression.InputColumn column) {
            return new Leaves.Reference(column.index());
        }
        if (expression instanceof ContextValue context && context.kind() == ContextValue.Kind.EVENT_TIME) {
            return new Leaves.RowTime();
        }
        ColumnExpression loop = expression instanceof Expression.Operation operation ? operation(operation) : null;
        return loop == null ? plain(expression) : loop;
    }

    private ColumnExpression[] compile(List<Expression> expressions) {
        return expressions.stream().map(this::compile).toArray(ColumnExpression[]::new);
    }

    private @Nullable ColumnExpression operation(Expression.Operation operation) {
        List<Expression> operands = operation.operands();
        Operator operator = operation.operator();
        return switch (operator) {
            case AND, OR -> new Junction(compile(operands), twoValued, operator == Operator.OR);
            case NOT -> Tests.not(compile(operands.get(0)), twoValued);
            case IS_NULL, IS_NOT_NULL -> Tests.isNull(compile(operands.get(0)), operator == Operator.IS_NULL);
            case IS_TRUE, IS_NOT_TRUE -> Tests.is(compile(operands.get(0)), true, operator == Operator.IS_TRUE);
            case IS_FALSE, IS_NOT_FALSE -> Tests.is(compile(operands.get(0)), false, operator == Operator.IS_FALSE);
            case EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> Comparisons.of(
                    operator, compile(operands.get(0)), compile(operands.get(1)), twoValued);
            case BETWEEN, NOT_BETWEEN -> Comparisons.between(
                    compile(operands), operator == Operator.BETWEEN, twoValued);
            case IN, NOT_IN -> in(operands, operator == Operator.IN);
            case LIKE, NOT_LIKE -> like(operands, operator == Operator.LIKE);
            case PLUS, MINUS, MULTIPLY, DIVIDE, REMAINDER -> new Calculation(
                    operator,
                    compile(operands.get(0)),
                    compile(operands.get(1)),
                    operation.type().kind() == DataType.Kind.BIGINT);
            case NEGATE -> new Calculation(Operator.MINUS, Leaves.Constant.of(0L), compile(operands.get(0)), true);
            case CASE -> new Choices.Branches(compile(operands));
            case COALESCE -> new Choices.Coalesce(compile(operands));
            case MEMBER -> member(operands);
            case CAST -> cast(operation);
            case IN_LIST,
                    NOT_IN_LIST,
                    ANY,
                    ALL,
                    LIST,
                    BITWISE_AND,
                    BITWISE_OR,
                    BITWISE_XOR,
                    CONCATENATE,
                    INDEX,
                    POSITION,
                    SLICE,
                    ADD_TIME,
                    STRUCT,
                    EACH,
                    MERGE,
                    EXCEPT,
                    REPLACE -> null;
        };
    }

    private @Nullable ColumnExpression in(List<Expression> operands, boolean positive) {
        List<ColumnVector> members = new ArrayList<>();
        for (Expression operand : operands.subList(1, operands.size())) {
            if (!(operand instanceof Expression.Literal literal) || literal.value() == null) {
                return null;
            }
            members.add(Leaves.Constant.of(literal.value()).constant());
        }
        return new Membership.In(compile(operands.get(0)), members.toArray(ColumnVector[]::new), positive, twoValued);
    }

    private @Nullable ColumnExpression like(List<Expression> operands, boolean positive) {
        return operands.size() == 2
                        && operands.get(1) instanceof Expression.Literal literal
                        && literal.value() instanceof String pattern
                        && Likeness.takes(pattern)
                ? new Likeness(compile(operands.get(0)), pattern, positive, twoValued)
                : null;
    }

    private @Nullable ColumnExpression cast(Expression.Operation operation) {
        ColumnExpression operand = compile(operation.operands().get(0));
        if (!operand.packs()) {
            return null;
        }
        return switch (operation.type().kind()) {
            case BIGINT -> new Casting(operand, Lane.Kind.WHOLE, plain(operation));
            case DOUBLE -> new Casting(operand, Lane.Kind.FRACTION, plain(operation));
            case BOOLEAN, VARCHAR, VARBINARY, TIMESTAMP, ARRAY, STRUCT, ANY -> null;
        };
    }

    private @Nullable ColumnExpression member(List<Expression> operands) {
        return operands.get(1) instanceof Expression.Literal literal && literal.value() instanceof String name
                ? new Member(compile(operands.get(0)), name)
                : null;
    }
}
