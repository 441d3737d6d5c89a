package io.varuna.engine.vector;

import io.varuna.engine.data.ColumnVector;
import java.util.Arrays;

/**
 * The values of an expression for selected rows, one after the other, all of one kind and none of them NULL: so loops need no
 * tags, and the JVM compiles most of them to instructions that take several values at once. One thread at a time.
 */
final class Lane {
    /** What the values are. */
    enum Kind {
        /** Whole numbers. */
        WHOLE,
        /** Doubles. */
        FRACTION,
        /** Numbers of either kind as doubles, which hold them exactly; which is which is not known. */
        EITHER,
        /** 1 for true, 0 for false. */
        TRUTH
    }

    private Kind kind = Kind.TRUTH;
    private long[] wholes = {};
    private double[] fractions = {};
    private byte[] truths = {};
    private long bound;
    private boolean converted;
    private boolean kept;

    Kind kind() {
        return kind;
    }

    boolean isNumber() {
        return kind != Kind.TRUTH;
    }

    /** Tells whether the values are used again, so that nothing may be computed in their place. */
    boolean isKept() {
        return kept;
    }

    Lane keep(boolean toBeKept) {
        kept = toBeKept;
        return this;
    }

    /** Returns a number that none of the whole numbers exceeds, whatever their signs. */
    long bound() {
        return bound;
    }

    /** Tells whether doubles hold the numbers exactly. */
    boolean isExact() {
        return kind != Kind.WHOLE || bound <= Numbers.EXACT;
    }

    /** Makes this a lane of whole numbers within a bound. */
    Lane wholes(long boundOfAll) {
        kind = Kind.WHOLE;
        bound = boundOfAll;
        converted = false;
        return this;
    }

    /** Makes this a lane of so many times the same whole number. */
    Lane fill(long number, int count) {
        Arrays.fill(wholes(count), 0, count, number);
        // to convert one number costs nothing, as against all of them
        Arrays.fill(room(count), 0, count, (double) number);
        wholes(number == Long.MIN_VALUE ? Long.MAX_VALUE : Math.abs(number));
        converted = true;
        return this;
    }

    /** Makes this a lane of so many times the same number. */
    Lane fill(double number, int count) {
        Arrays.fill(room(count), 0, count, number);
        return as(Kind.FRACTION);
    }

    /** Makes this a lane of another kind. */
    Lane as(Kind of) {
        kind = of;
        return this;
    }

    /** Returns room for so many whole numbers, or the numbers if this is a lane of such. */
    long[] wholes(int count) {
        if (wholes.length < count) {
            wholes = new long[count];
        }
        return wholes;
    }

    /** Returns room for so many doubles. */
    double[] room(int count) {
        if (fractions.length < count) {
            fractions = new double[count];
        }
        return fractions;
    }

    /** Returns the numbers as doubles. */
    double[] fractions(int count) {
        double[] values = room(count);
        if (kind == Kind.WHOLE && !converted) {
            for (int i = 0; i < count; i++) {
                values[i] = (double) wholes[i];
            }
            converted = true;
        }
        return values;
    }

    /** Returns room for so much truth, or the truth if this is a lane of it. */
    byte[] truths(int count) {
        if (truths.length < count) {
            truths = new byte[count];
        }
        return truths;
    }

    /** Puts the values where their rows are. Not for numbers of either kind. */
    void put(int[] places, int count, int rows, ColumnVector into) {
        long[] bits = into.bits();
        switch (kind) {
            case WHOLE -> {
                into.tagAll(rows, ColumnVector.LONG);
                for (int i = 0; i < count; i++) {
                    bits[places[i]] = wholes[i];
                }
            }
            case FRACTION -> {
                into.tagAll(rows, ColumnVector.DOUBLE);
                for (int i = 0; i < count; i++) {
                    bits[places[i]] = Double.doubleToLongBits(fractions[i]);
                }
            }
            case TRUTH -> {
                into.tagAll(rows, ColumnVector.BOOLEAN);
                for (int i = 0; i < count; i++) {
                    bits[places[i]] = truths[i];
                }
            }
            case EITHER -> throw new IllegalStateException("which numbers are whole is not known");
        }
    }
}
