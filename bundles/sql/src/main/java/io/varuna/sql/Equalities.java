package io.varuna.sql;

import io.varuna.api.data.DataType;
import io.varuna.plan.Expression;
import io.varuna.plan.Expression.Literal;
import io.varuna.plan.Expression.Operation;
import io.varuna.plan.Operator;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a condition on two rows asks of them: values that are equal, by which rows can be found, and the rest.
 *
 * @param left values of the left row
 * @param right the values of the right row that they equal, as that row alone has them
 * @param rest what else has to hold, as both rows together have it; null if there is nothing
 */
record Equalities(List<Expression> left, List<Expression> right, @Nullable Expression rest) {
    Equalities {
        left = List.copyOf(left);
        right = List.copyOf(right);
    }

    /**
     * Sorts conditions.
     *
     * @param width how many columns the left row has, after which those of the right one follow
     */
    static Equalities of(List<Expression> conjuncts, int width) {
        List<Expression> left = new ArrayList<>();
        List<Expression> right = new ArrayList<>();
        List<Expression> rest = new ArrayList<>();
        for (Expression conjunct : conjuncts) {
            Pair pair = Pair.of(conjunct, width);
            if (pair == null) {
                rest.add(conjunct);
            } else {
                left.add(pair.left());
                right.add(Expressions.shifted(pair.right(), -width, ""));
            }
        }
        rest.remove(new Literal(true, DataType.BOOLEAN));
        return new Equalities(left, right, rest.isEmpty() ? null : Expressions.and(rest));
    }

    /** A value of the left row and one of the right row that are to be equal. */
    private record Pair(Expression left, Expression right) {
        static @Nullable Pair of(Expression conjunct, int width) {
            if (!(conjunct instanceof Operation operation)
                    || operation.operator() != Operator.EQUAL
                    || !operation.operands().stream().allMatch(Pair::isPlain)) {
                return null;
            }
            Expression one = operation.operands().get(0);
            Expression other = operation.operands().get(1);
            if (isOf(one, 0, width) && isOf(other, width, Integer.MAX_VALUE)) {
                return new Pair(one, other);
            }
            return isOf(other, 0, width) && isOf(one, width, Integer.MAX_VALUE) ? new Pair(other, one) : null;
        }

        /** Tells whether values are equal just if they look equal, as texts and datetimes do not. */
        private static boolean isPlain(Expression value) {
            return switch (value.type().kind()) {
                case BOOLEAN, BIGINT, DOUBLE, VARCHAR, ANY -> true;
                case VARBINARY, TIMESTAMP, ARRAY, STRUCT -> false;
            };
        }

        private static boolean isOf(Expression value, int from, int until) {
            List<Integer> columns = Expression.inputs(List.of(value));
            return !columns.isEmpty() && columns.stream().allMatch(column -> column >= from && column < until);
        }
    }
}
