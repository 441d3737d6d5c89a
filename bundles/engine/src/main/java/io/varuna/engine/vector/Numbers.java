package io.varuna.engine.vector;

import io.varuna.engine.data.ColumnVector;

/** Reads cells that are numbers without a branch on which kind of number they are. */
final class Numbers {
    /** Up to here doubles hold whole numbers exactly. */
    static final long EXACT = 1L << 53;

    private static final int EXACT_BITS = 54;

    private Numbers() {}

    /** Tells whether a cell is a number, either kind. */
    static boolean isNumber(byte tag) {
        return (tag & ~1) == ColumnVector.LONG;
    }

    /** Tells whether a cell is a number that a double holds exactly. */
    static boolean isExact(byte tag, long bits) {
        return isNumber(tag) && ((bits + EXACT) & ifLong(tag)) >>> EXACT_BITS == 0;
    }

    /** Returns the bits of a number as a double. */
    static long doubleBits(byte tag, long bits) {
        long mask = ifLong(tag);
        return (Double.doubleToRawLongBits((double) bits) & mask) | (bits & ~mask);
    }

    static double asDouble(byte tag, long bits) {
        return Double.longBitsToDouble(doubleBits(tag, bits));
    }

    /** Returns all ones for LONG and 0 for DOUBLE, which is the next tag. */
    private static long ifLong(byte tag) {
        return (long) tag - ColumnVector.DOUBLE;
    }
}
