package io.varuna.engine.step;

import io.varuna.engine.expression.Evaluator;
import io.varuna.engine.expression.ExpressionCompiler;
import io.varuna.plan.Expression;
import io.varuna.plan.Operator;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What has to be true of the pairs of a join. Equalities of the left and the right side with which it begins are also there as
 * keys, to look pairs up by.
 */
final class JoinCondition {
    /** So many keys are enough to look pairs up by. */
    private static final int MOST_KEYS = 8;

    private final Evaluator[] equalities;
    private final Evaluator[] left;
    private final Evaluator[] right;
    private final @Nullable Evaluator rest;

    private JoinCondition(Evaluator[] equalities, Evaluator[] left, Evaluator[] right, @Nullable Evaluator rest) {
        this.equalities = equalities;
        this.left = left;
        this.right = right;
        this.rest = rest;
    }

    /** Returns the condition that is true of all pairs. */
    static JoinCondition none() {
        Evaluator[] no = {};
        return new JoinCondition(no, no, no, null);
    }

    /**
     * Makes a condition.
     *
     * @param from the place of the first column of the right side; those of the left one come before it
     * @param to the place after its last one
     */
    static JoinCondition of(Expression condition, int from, int to, ExpressionCompiler compiler) {
        List<Expression> conjuncts = new ArrayList<>();
        flatten(condition, conjuncts);
        List<Expression> left = new ArrayList<>();
        List<Expression> right = new ArrayList<>();
        // only those at the beginning: what comes after another conjunct is not looked at where that fails
        for (Expression conjunct : conjuncts) {
            if (left.size() == MOST_KEYS
                    || !(conjunct instanceof Expression.Operation equality)
                    || equality.operator() != Operator.EQUAL) {
                break;
            }
            Expression one = equality.operands().get(0);
            Expression other = equality.operands().get(1);
            if (isOf(one, 0, from) && isOf(other, from, to)) {
                left.add(one);
                right.add(other);
            } else if (isOf(other, 0, from) && isOf(one, from, to)) {
                left.add(other);
                right.add(one);
            } else {
                break;
            }
        }
        return new JoinCondition(
                compiler.compile(conjuncts.subList(0, left.size())),
                compiler.compile(left),
                compiler.compile(right),
                all(conjuncts.subList(left.size(), conjuncts.size()), condition, compiler));
    }

    private static void flatten(Expression condition, List<Expression> conjuncts) {
        if (condition instanceof Expression.Operation operation && operation.operator() == Operator.AND) {
            operation.operands().forEach(operand -> flatten(operand, conjuncts));
        } else {
            conjuncts.add(condition);
        }
    }

    private static @Nullable Evaluator all(
            List<Expression> conjuncts, Expression condition, ExpressionCompiler compiler) {
        return switch (conjuncts.size()) {
            case 0 -> null;
            case 1 -> compiler.compile(conjuncts.get(0));
            default -> compiler.compile(new Expression.Operation(Operator.AND, conjuncts, condition.type()));
        };
    }

    /** Tells whether an expression is made of some columns, and of what always gives the same for the same row. */
    private static boolean isOf(Expression expression, int from, int to) {
        if (expression instanceof Expression.InputColumn column) {
            return column.index() >= from && column.index() < to;
        }
        return expression instanceof Expression.Operation operation
                && operation.operator() != Operator.EACH
                && operation.operands().stream()
                        .allMatch(operand -> operand instanceof Expression.Literal || isOf(operand, from, to))
                && !operation.operands().stream().allMatch(Expression.Literal.class::isInstance);
    }

    Evaluator[] leftKeys() {
        return left;
    }

    Evaluator[] rightKeys() {
        return right;
    }

    /** Tells whether the condition is true of a pair. */
    boolean holds(@Nullable Object[] pair, long time) throws Exception {
        for (Evaluator equality : equalities) {
            if (!equality.holds(pair, time)) {
                return false;
            }
        }
        return restHolds(pair, time);
    }

    /** Tells whether the condition is true of a pair whose keys are equal. */
    boolean restHolds(@Nullable Object[] pair, long time) throws Exception {
        return rest == null || rest.holds(pair, time);
    }
}
