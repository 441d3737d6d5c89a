package io.varuna.engine.vector;

import io.varuna.engine.data.ColumnBatch;
import io.varuna.engine.data.ColumnVector;
import io.varuna.plan.Operator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes comparisons, those with constants in the way that suits the constant. */
final class Comparisons {
    private Comparisons() {}

    static ColumnExpression of(Operator operator, ColumnExpression left, ColumnExpression right, boolean twoValued) {
        if (left.constant() != null && right.constant() == null) {
            return of(mirrored(operator), right, left, twoValued);
        }
        PackedExpression general = new Comparing(operator, left, right, twoValued);
        ColumnVector constant = right.constant();
        if (constant == null || left.constant() != null) {
            return general;
        }
        if (isNumber(constant)) {
            return inRange(
                    left, Range.ofWholes(operator, constant), Range.ofFractions(operator, constant), constant, general);
        }
        boolean equality = operator == Operator.EQUAL || operator == Operator.NOT_EQUAL;
        return equality && constant.tag(0) == ColumnVector.TEXT
                ? new SameText(left, constant, operator == Operator.EQUAL, general)
                : general;
    }

    /** Makes BETWEEN or, where it is not positive, NOT BETWEEN. */
    static ColumnExpression between(ColumnExpression[] operands, boolean positive, boolean twoValued) {
        PackedExpression general = new Membership.Between(operands, positive, twoValued);
        ColumnVector low = operands[1].constant();
        ColumnVector high = operands[2].constant();
        if (operands[0].constant() != null || low == null || high == null || !isNumber(low) || !isNumber(high)) {
            return general;
        }
        return inRange(
                operands[0],
                between(
                        Range.ofWholes(Operator.GREATER_OR_EQUAL, low),
                        Range.ofWholes(Operator.LESS_OR_EQUAL, high),
                        positive),
                between(
                        Range.ofFractions(Operator.GREATER_OR_EQUAL, low),
                        Range.ofFractions(Operator.LESS_OR_EQUAL, high),
                        positive),
                low,
                general);
    }

    /** Selects rows of a column that many rules compare; selects none and returns false if a loop over all is better. */
    static boolean selectByIndex(
            PackedExpression general,
            ColumnVector values,
            ColumnVector constant,
            ColumnBatch batch,
            int count,
            Selection selected) {
        if (count != batch.rows() || !(general instanceof Comparing comparing)) {
            return false;
        }
        ColumnIndex index = ColumnIndex.of(values, count);
        return index != null && comparing.select(index, values, constant, selected);
    }

    private static Optional<Range> between(Optional<Range> from, Optional<Range> to, boolean positive) {
        return from.flatMap(
                low -> to.map(high -> positive ? low.and(high) : low.and(high).others()));
    }

    private static ColumnExpression inRange(
            ColumnExpression operand,
            Optional<Range> wholes,
            Optional<Range> fractions,
            ColumnVector constant,
            PackedExpression general) {
        return wholes.isPresent() && fractions.isPresent()
                ? new InRange(operand, wholes.get(), fractions.get(), constant, general)
                : general;
    }

    private static boolean isNumber(@Nullable ColumnVector constant) {
        return constant != null && Numbers.isNumber(constant.tag(0));
    }

    private static Operator mirrored(Operator operator) {
        return switch (operator) {
            case LESS -> Operator.GREATER;
            case LESS_OR_EQUAL -> Operator.GREATER_OR_EQUAL;
            case GREATER -> Operator.LESS;
            case GREATER_OR_EQUAL -> Operator.LESS_OR_EQUAL;
            default -> operator;
        };
    }
}
