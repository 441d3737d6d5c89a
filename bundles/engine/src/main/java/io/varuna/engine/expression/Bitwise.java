package io.varuna.engine.expression;

import io.varuna.api.data.Conversions;
import io.varuna.plan.Operator;
import org.jspecify.annotations.Nullable;

/** Combines the bits of two whole numbers, or two booleans. */
final class Bitwise extends Evaluator {
    private final Operator operator;
    private final Evaluator left;
    private final Evaluator right;
    private final @Nullable Boolean unknown;

    private Bitwise(Operator operator, Evaluator left, Evaluator right, @Nullable Boolean unknown) {
        this.operator = operator;
        this.left = left;
        this.right = right;
        this.unknown = unknown;
    }

    static Evaluator of(Operator operator, Evaluator left, Evaluator right, boolean twoValued) {
        return new Bitwise(operator, left, right, twoValued ? Boolean.FALSE : null);
    }

    @Override
    public @Nullable Object value(@Nullable Object[] row, long time) throws Exception {
        Object a = left.value(row, time);
        Object b = right.value(row, time);
        if (a == null || b == null) {
            return unknown;
        }
        if (a instanceof Boolean x && b instanceof Boolean y) {
            return combine(x ? 1 : 0, y ? 1 : 0) != 0;
        }
        if (a instanceof Number x && b instanceof Number y && Values.isWhole(x) && Values.isWhole(y)) {
            return combine(x.longValue(), y.longValue());
        }
        boolean first = !(a instanceof Number number && Values.isWhole(number));
        throw failure("'" + operator.symbol() + "' takes whole numbers, not " + Conversions.describe(first ? a : b));
    }

    private long combine(long a, long b) {
        return switch (operator) {
            case BITWISE_AND -> a & b;
            case BITWISE_OR -> a | b;
            case BITWISE_XOR -> a ^ b;
            default -> throw new IllegalArgumentException(operator + " is not bitwise");
        };
    }
}
