package io.varuna.engine.vector;

import io.varuna.engine.data.ColumnVector;
import io.varuna.plan.Operator;
import java.util.Optional;

/**
 * The numbers of one kind for which a comparison with a constant is true: those from one to another, or all others. Told by the
 * bits of a cell, without a branch.
 */
final class Range {
    private static final long WHOLES = 0;
    private static final long FRACTIONS = Long.MAX_VALUE;

    /** Which bits of a negative number are turned for its order to be that of whole numbers, see {@link Order#sortable}. */
    private final long turned;

    private final long low;
    private final long high;
    /** 1 if the numbers from low to high are meant, 0 if all others are. */
    private final int inside;

    private Range(long turned, long low, long high, int inside) {
        this.turned = turned;
        this.low = low;
        this.high = high;
        this.inside = inside;
    }

    /** Returns which whole numbers compare with a constant like this; empty where that takes more than a range. */
    static Optional<Range> ofWholes(Operator operator, ColumnVector constant) {
        if (constant.tag(0) == ColumnVector.LONG) {
            long number = constant.longAt(0);
            return number == Long.MIN_VALUE || number == Long.MAX_VALUE
                    ? Optional.empty()
                    : Optional.of(of(operator, WHOLES, number, number));
        }
        double number = constant.doubleAt(0);
        return Math.abs(number) <= Numbers.EXACT
                ? Optional.of(of(operator, WHOLES, (long) Math.ceil(number), (long) Math.floor(number)))
                : Optional.empty();
    }

    /** Returns which doubles compare with a constant like this. */
    static Optional<Range> ofFractions(Operator operator, ColumnVector constant) {
        boolean whole = constant.tag(0) == ColumnVector.LONG;
        double number = whole ? (double) constant.longAt(0) : constant.doubleAt(0);
        if (Double.isNaN(number) || (whole && Math.abs(constant.longAt(0)) > Numbers.EXACT)) {
            return Optional.empty();
        }
        long place = Order.sortable(Double.doubleToLongBits(number));
        // -0.0 is equal to 0.0
        return Optional.of(number == 0 ? of(operator, FRACTIONS, -1, 0) : of(operator, FRACTIONS, place, place));
    }

    /** Returns the range of a comparison with what lies from one number to another, which is nothing if the first is greater. */
    private static Range of(Operator operator, long turned, long from, long to) {
        return switch (operator) {
            case EQUAL -> between(turned, from, to);
            case NOT_EQUAL -> between(turned, from, to).others();
            case LESS -> between(turned, Long.MIN_VALUE, from - 1);
            case LESS_OR_EQUAL -> between(turned, Long.MIN_VALUE, to);
            case GREATER -> between(turned, to + 1, Long.MAX_VALUE);
            case GREATER_OR_EQUAL -> between(turned, from, Long.MAX_VALUE);
            default -> throw new IllegalArgumentException(operator + " is no comparison");
        };
    }

    private static Range between(long turned, long from, long to) {
        return from > to ? new Range(turned, Long.MIN_VALUE, Long.MAX_VALUE, 0) : new Range(turned, from, to, 1);
    }

    /** Returns what is in both this and another range of the same kind, neither of which are others. */
    Range and(Range other) {
        return inside == 0 || other.inside == 0
                ? between(turned, 0, -1)
                : between(turned, Math.max(low, other.low), Math.min(high, other.high));
    }

    /** Returns all other numbers. */
    Range others() {
        return new Range(turned, low, high, 1 - inside);
    }

    /** Sets marks to 1 where numbers are in the range, otherwise to 0. The JVM compiles the loop to take several at once. */
    void mark(long[] bits, long[] marks, int count) {
        long turn = turned;
        long lowest = low;
        long span = high - low;
        long within = inside;
        for (int i = 0; i < count; i++) {
            long above = (bits[i] ^ ((bits[i] >> 63) & turn)) - lowest;
            marks[i] = (((~span & above) | ((~span | above) & (span - above))) >>> 63) ^ within;
        }
    }

    /** Returns 1 if the number with these bits is in the range, otherwise 0. */
    int has(long bits) {
        long above = (bits ^ ((bits >> 63) & turned)) - low;
        long span = high - low;
        // the borrow of an unsigned subtraction
        return (int) (((~span & above) | ((~span | above) & (span - above))) >>> 63) ^ inside;
    }
}
