package io.varuna.api.data;

import java.nio.charset.StandardCharsets;

/**
 * Writes numbers as texts of ASCII bytes, without an object for each: as JSON output shows them, and {@link
 * Conversions#toText(Object)} does. A double is as short as it can be and still be read as the same double: without a
 * fraction where it is whole, with an exponent from 1e+21 on and below 1e-6.
 */
public final class NumberText {
    /** The most bytes that a number takes. */
    public static final int LONGEST = 26;

    private static final byte[] SMALLEST_LONG = Long.toString(Long.MIN_VALUE).getBytes(StandardCharsets.US_ASCII);
    private static final long[] POWERS_OF_10 = new long[19];
    private static final byte[] PAIRS = new byte[200];
    private static final double LARGEST_WHOLE = 1e15;
    private static final int DECIMALS = 4;
    private static final long SCALE = 10_000;

    static {
        long power = 1;
        for (int i = 0; i < POWERS_OF_10.length; i++) {
            POWERS_OF_10[i] = power;
            power *= 10;
        }
        for (int i = 0; i < 100; i++) {
            PAIRS[2 * i] = (byte) ('0' + i / 10);
            PAIRS[2 * i + 1] = (byte) ('0' + i % 10);
        }
    }

    private NumberText() {}

    /** Writes a number from {@code start} on, and returns where it ends. There must be room for {@link #LONGEST} bytes. */
    public static int put(long value, byte[] bytes, int start) {
        if (value == Long.MIN_VALUE) {
            System.arraycopy(SMALLEST_LONG, 0, bytes, start, SMALLEST_LONG.length);
            return start + SMALLEST_LONG.length;
        }
        if (value < 0) {
            bytes[start] = '-';
            return putDigits(-value, bytes, start + 1);
        }
        return putDigits(value, bytes, start);
    }

    /**
     * Writes a number from {@code start} on, and returns where it ends. There must be room for {@link #LONGEST} bytes. What is
     * not finite has its Java name.
     */
    public static int put(double value, byte[] bytes, int start) {
        double size = Math.abs(value);
        if (value == Math.rint(value) && size < LARGEST_WHOLE) {
            return put((long) value, bytes, start);
        }
        if (!Double.isFinite(value)) {
            byte[] name = Double.toString(value).getBytes(StandardCharsets.US_ASCII);
            System.arraycopy(name, 0, bytes, start, name.length);
            return start + name.length;
        }
        int at = start;
        if (value < 0) {
            bytes[at++] = '-';
        }
        // a decimal of up to 15 digits is the only one of its length for a double: no need to search
        double scaled = Math.rint(size * SCALE);
        if (scaled < LARGEST_WHOLE && scaled / SCALE == size) {
            return putFixed((long) scaled, bytes, at);
        }
        return putShortest(size, bytes, at);
    }

    private static int putFixed(long scaled, byte[] bytes, int start) {
        long whole = scaled / SCALE;
        int fraction = (int) (scaled - whole * SCALE);
        int at = putDigits(whole, bytes, start);
        bytes[at++] = '.';
        putPair(fraction / 100, bytes, at);
        putPair(fraction % 100, bytes, at + 2);
        return withoutZeros(bytes, at + DECIMALS);
    }

    private static int putShortest(double size, byte[] bytes, int start) {
        long digits = ShortestDecimal.digits(size);
        int exponent = ShortestDecimal.exponent(size);
        while (digits % 10 == 0) {
            digits /= 10;
            exponent++;
        }
        int count = count(digits);
        int point = count + exponent;
        if (point > 21 || point < -5) {
            return putScientific(digits, count, point - 1, bytes, start);
        }
        if (point <= 0) {
            bytes[start] = '0';
            bytes[start + 1] = '.';
            int at = putZeros(-point, bytes, start + 2);
            return putDigits(digits, bytes, at);
        }
        int end = putDigits(digits, bytes, start);
        if (exponent >= 0) {
            return putZeros(exponent, bytes, end);
        }
        System.arraycopy(bytes, start + point, bytes, start + point + 1, count - point);
        bytes[start + point] = '.';
        return end + 1;
    }

    private static int putScientific(long digits, int count, int exponent, byte[] bytes, int start) {
        int at = putDigits(digits, bytes, start);
        if (count > 1) {
            System.arraycopy(bytes, start + 1, bytes, start + 2, count - 1);
            bytes[start + 1] = '.';
            at++;
        }
        bytes[at++] = 'e';
        bytes[at++] = (byte) (exponent < 0 ? '-' : '+');
        return putDigits(Math.abs(exponent), bytes, at);
    }

    private static int putZeros(int count, byte[] bytes, int start) {
        for (int at = start; at < start + count; at++) {
            bytes[at] = '0';
        }
        return start + count;
    }

    private static int withoutZeros(byte[] bytes, int end) {
        int at = end;
        while (bytes[at - 1] == '0') {
            at--;
        }
        return at;
    }

    private static int putDigits(long value, byte[] bytes, int start) {
        int end = start + count(value);
        int at = end;
        long rest = value;
        while (rest >= 100) {
            long hundreds = rest / 100;
            at -= 2;
            putPair((int) (rest - 100 * hundreds), bytes, at);
            rest = hundreds;
        }
        if (rest >= 10) {
            putPair((int) rest, bytes, start);
        } else {
            bytes[start] = (byte) ('0' + rest);
        }
        return end;
    }

    private static void putPair(int pair, byte[] bytes, int at) {
        bytes[at] = PAIRS[2 * pair];
        bytes[at + 1] = PAIRS[2 * pair + 1];
    }

    /** Returns how many digits a number has that is not negative. */
    private static int count(long value) {
        // 1233 / 4096 is a little more than log10(2)
        int atLeast = ((Long.SIZE - Long.numberOfLeadingZeros(value | 1)) * 1233) >>> 12;
        return atLeast < POWERS_OF_10.length && value >= POWERS_OF_10[atLeast] ? atLeast + 1 : Math.max(atLeast, 1);
    }
}
