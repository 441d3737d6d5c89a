package io.varuna.engine.expression;

import io.varuna.plan.Operator;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** Compares two values. */
final class Comparison extends Evaluator {
    private final Operator operator;
    private final Evaluator left;
    private final Evaluator right;
    private final Clock clock;
    private final @Nullable Boolean unknown;

    Comparison(Operator operator, Evaluator left, Evaluator right, Surroundings surroundings) {
        this.operator = operator;
        this.left = left;
        this.right = right;
        this.clock = surroundings.zonedClock();
        this.unknown = surroundings.twoValued() ? Boolean.FALSE : null;
    }

    @Override
    public @Nullable Object value(@Nullable Object[] row, long time) throws Exception {
        Object a = left.value(row, time);
        Object b = right.value(row, time);
        return (a == null || b == null) ? unknown : (Boolean) compare(operator, a, b, clock);
    }

    @Override
    public boolean holds(@Nullable Object[] row, long time) throws Exception {
        Object a = left.value(row, time);
        Object b = right.value(row, time);
        return a != null && b != null && compare(operator, a, b, clock);
    }

    /** Tells whether a comparison is true of two values. */
    static boolean compare(Operator operator, Object a, Object b, Clock clock) {
        return switch (operator) {
            case EQUAL -> Values.equal(a, b, clock);
            case NOT_EQUAL -> !Values.equal(a, b, clock);
            default -> holds(operator, Values.compare(a, b, clock));
        };
    }

    static boolean holds(Operator operator, int order) {
        return switch (operator) {
            case EQUAL -> order == 0;
            case NOT_EQUAL -> order != 0;
            case LESS -> order < 0;
            case LESS_OR_EQUAL -> order <= 0;
            case GREATER -> order > 0;
            case GREATER_OR_EQUAL -> order >= 0;
            default -> throw new IllegalArgumentException(operator + " is no comparison");
        };
    }
}
