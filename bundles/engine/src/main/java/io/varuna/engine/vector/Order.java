package io.varuna.engine.vector;

import io.varuna.engine.data.ColumnVector;
import io.varuna.engine.expression.Values;
import io.varuna.plan.Operator;
import java.util.Arrays;

/** How two cells compare, where that needs no conversion. */
final class Order {
    /** Returned where a comparison is not decided here; no order is so far from zero. */
    static final int UNDECIDED = 2;

    private static final int LESS = 1;
    private static final int EQUAL = 2;
    private static final int GREATER = 4;

    private Order() {}

    /** Returns -1, 0 or 1, or {@link #UNDECIDED}; the cells hold values. */
    static int of(ColumnVector a, int x, ColumnVector b, int y) {
        byte tagA = a.tags()[x];
        byte tagB = b.tags()[y];
        if (tagA == ColumnVector.DOUBLE && tagB == ColumnVector.DOUBLE) {
            return doubles(a.doubleAt(x), b.doubleAt(y));
        }
        if (tagA == ColumnVector.LONG && tagB == ColumnVector.LONG) {
            return Long.compare(a.longAt(x), b.longAt(y));
        }
        if (tagA == ColumnVector.DOUBLE && tagB == ColumnVector.LONG) {
            return Values.compareMixed(a.doubleAt(x), b.longAt(y));
        }
        if (tagA == ColumnVector.LONG && tagB == ColumnVector.DOUBLE) {
            return -Values.compareMixed(b.doubleAt(y), a.longAt(x));
        }
        if (tagA == ColumnVector.TEXT && tagB == ColumnVector.TEXT) {
            return texts(a, x, b, y);
        }
        if (isText(tagA) && isText(tagB)) {
            return Integer.signum(Values.compareTexts(a.string(x), b.string(y)));
        }
        return UNDECIDED;
    }

    static boolean isText(byte tag) {
        return tag == ColumnVector.TEXT || tag == ColumnVector.STRING;
    }

    static int doubles(double a, double b) {
        return a < b ? -1 : a > b ? 1 : a == b ? 0 : Double.compare(a, b);
    }

    private static int texts(ColumnVector a, int x, ColumnVector b, int y) {
        int from = a.textOffset(x);
        int other = b.textOffset(y);
        // the order of UTF-8 bytes is that of code points
        return Integer.signum(Arrays.compareUnsigned(
                a.text(), from, from + a.textLength(x), b.text(), other, other + b.textLength(y)));
    }

    /** Tells whether two texts are the same. */
    static boolean sameText(ColumnVector a, int x, ColumnVector b, int y) {
        int length = a.textLength(x);
        if (length != b.textLength(y)) {
            return false;
        }
        int from = a.textOffset(x);
        int other = b.textOffset(y);
        return Arrays.equals(a.text(), from, from + length, b.text(), other, other + length);
    }

    /** Returns the orders for which a comparison is true, for {@link #holds}. */
    static int accepted(Operator operator) {
        return switch (operator) {
            case EQUAL -> EQUAL;
            case NOT_EQUAL -> LESS | GREATER;
            case LESS -> LESS;
            case LESS_OR_EQUAL -> LESS | EQUAL;
            case GREATER -> GREATER;
            case GREATER_OR_EQUAL -> GREATER | EQUAL;
            default -> throw new IllegalArgumentException(operator + " is no comparison");
        };
    }

    /** Returns bits of a double so that the order as whole numbers is that of the doubles, with -0.0 before 0.0. */
    static long sortable(long bits) {
        return bits ^ ((bits >> 63) & Long.MAX_VALUE);
    }

    /** Returns 1 if an accepted order is that of two whole numbers, otherwise 0; without a branch that data decide. */
    static int holds(int accepted, long a, long b) {
        int less = less(a, b);
        int greater = less(b, a);
        return (less & accepted) | (greater & (accepted >> 2)) | ((1 - less - greater) & (accepted >> 1) & 1);
    }

    private static int less(long a, long b) {
        return (int) (((a & ~b) | (~(a ^ b) & (a - b))) >>> 63);
    }

    /** Returns 1 if an order is among the accepted ones, otherwise 0. */
    static int holds(int accepted, int order) {
        return (accepted >> (order + 1)) & 1;
    }
}
