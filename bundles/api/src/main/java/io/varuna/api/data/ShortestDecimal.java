package io.varuna.api.data;

import java.math.BigInteger;

/**
 * Finds the shortest decimal that is read as a given double again, and the nearest of those, by Raffaello Giulietti's
 * Schubfach. {@link Double#toString(double)} does so from Java 19 on only.
 */
final class ShortestDecimal {
    private static final int FRACTION_BITS = 52;
    private static final long IMPLICIT_BIT = 1L << FRACTION_BITS;
    /** The exponent of the unit in the last place of the smallest doubles. */
    private static final int SMALLEST_EXPONENT = -1074;

    private static final long LOW_63_BITS = Long.MAX_VALUE;
    private static final int SMALLEST_POWER = -292;
    private static final int LARGEST_POWER = 324;
    /** The first 126 bits of the powers of ten, rounded up, as two halves of 63 bits each. */
    private static final long[] POWERS = powers();

    private ShortestDecimal() {}

    private static long[] powers() {
        long[] powers = new long[2 * (LARGEST_POWER - SMALLEST_POWER + 1)];
        for (int power = SMALLEST_POWER; power <= LARGEST_POWER; power++) {
            int shift = 125 - floorLog2OfPowerOf10(power);
            BigInteger ten = BigInteger.TEN.pow(Math.abs(power));
            // shifting to the left by less than nothing is shifting to the right
            BigInteger bits = power >= 0
                    ? ten.shiftLeft(shift)
                    : BigInteger.ONE.shiftLeft(shift).divide(ten);
            BigInteger roundedUp = bits.add(BigInteger.ONE);
            int index = 2 * (power - SMALLEST_POWER);
            powers[index] = roundedUp.shiftRight(63).longValue();
            powers[index + 1] = roundedUp.longValue() & LOW_63_BITS;
        }
        return powers;
    }

    /** Returns the power of ten that the {@link #digits} of a double are to be multiplied with. */
    static int exponent(double positive) {
        int binaryExponent = binaryExponent(positive);
        return isIrregular(positive)
                ? floorLog10OfThreeQuartersOfPowerOf2(binaryExponent)
                : floorLog10OfPowerOf2(binaryExponent);
    }

    /** Returns the digits of a finite double above zero as a whole number; there may be zeros at its end. */
    static long digits(double positive) {
        long significand = significand(positive);
        int exponent = exponent(positive);
        int binaryExponent = binaryExponent(positive);
        int shift = binaryExponent + floorLog2OfPowerOf10(-exponent) + 2;
        int index = 2 * (-exponent - SMALLEST_POWER);
        long high = POWERS[index];
        long low = POWERS[index + 1];

        // the double and the ends of what is rounded to it, in quarters of its unit; ends belong to it if it is even
        long odd = significand & 1;
        long quarters = significand << 2;
        long value = product(high, low, quarters << shift);
        long lower = product(high, low, (isIrregular(positive) ? quarters - 1 : quarters - 2) << shift) + odd;
        long upper = product(high, low, (quarters + 2) << shift) - odd;

        long floor = value >> 2;
        if (floor >= 10) {
            long shorterFloor = 10 * (floor / 10);
            long shorterCeiling = shorterFloor + 10;
            boolean floorFits = lower <= shorterFloor << 2;
            boolean ceilingFits = shorterCeiling << 2 <= upper;
            if (floorFits != ceilingFits) {
                return floorFits ? shorterFloor : shorterCeiling;
            }
        }
        long ceiling = floor + 1;
        boolean floorFits = lower <= floor << 2;
        boolean ceilingFits = ceiling << 2 <= upper;
        if (floorFits != ceilingFits) {
            return floorFits ? floor : ceiling;
        }
        long aboveMiddle = value - ((floor + ceiling) << 1);
        boolean nearerToFloor = aboveMiddle < 0 || (aboveMiddle == 0 && (floor & 1) == 0);
        return nearerToFloor ? floor : ceiling;
    }

    private static long significand(double positive) {
        long bits = Double.doubleToRawLongBits(positive);
        long fraction = bits & (IMPLICIT_BIT - 1);
        return bits >> FRACTION_BITS == 0 ? fraction : fraction | IMPLICIT_BIT;
    }

    private static int binaryExponent(double positive) {
        int biased = (int) (Double.doubleToRawLongBits(positive) >> FRACTION_BITS);
        return SMALLEST_EXPONENT + Math.max(biased, 1) - 1;
    }

    /** Tells whether the double below is nearer than the one above. */
    private static boolean isIrregular(double positive) {
        long bits = Double.doubleToRawLongBits(positive);
        return (bits & (IMPLICIT_BIT - 1)) == 0 && bits >> FRACTION_BITS > 1;
    }

    /** Multiplies, drops the lowest 127 bits, and sets the last bit of what is left if any of those was set. */
    private static long product(long high, long low, long factor) {
        long carried = ((high * factor) >>> 1) + Math.multiplyHigh(low, factor);
        long whole = Math.multiplyHigh(high, factor) + (carried >>> 63);
        return whole | (((carried & LOW_63_BITS) + LOW_63_BITS) >>> 63);
    }

    // logarithms, exact for all exponents that a double can have

    private static int floorLog10OfPowerOf2(int exponent) {
        return (int) ((exponent * 661_971_961_083L) >> 41);
    }

    private static int floorLog10OfThreeQuartersOfPowerOf2(int exponent) {
        return (int) ((exponent * 661_971_961_083L - 274_743_187_321L) >> 41);
    }

    private static int floorLog2OfPowerOf10(int exponent) {
        return (int) ((exponent * 913_124_641_741L) >> 38);
    }
}
