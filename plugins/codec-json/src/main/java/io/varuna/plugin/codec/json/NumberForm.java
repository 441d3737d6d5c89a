package io.varuna.plugin.codec.json;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How a number is written: where its sign, digits and point are, and what comes after it. Machines write a value with the same
 * number of digits again and again; where the next one is written so, too, nobody has to look for its end, and what comes
 * after it can be looked at meanwhile. Immutable.
 */
final class NumberForm {
    /** Two words have room for so many characters and the one behind them. */
    private static final int LONGEST = 2 * Long.BYTES - 1;

    private final int length;
    private final boolean negative;
    private final int digits;
    private final int scale;
    /** The bits by which the digit is shifted that must not be zero; such a shift is none where it may. */
    private final int leadShift;

    /** Has the bits of the digits before the point; all bits if there is none. */
    private final long integer;

    /** The bits by which digits without sign and point are moved up to the end of their word. */
    private final int alignment;

    private final double divisor;
    private final boolean leads;
    private final Pattern head;
    private final @Nullable Pattern tail;

    /** What is expected of the bytes of a word: a digit, a certain byte, or nothing. */
    private record Pattern(long bytes, long limits, long mask) {
        private static final long HIGHEST = 0x8080808080808080L;
        /** Added to a digit, which was XORed with zero, it does not reach the highest bit. */
        private static final long DIGIT = 0x76;

        /** Added to nothing it does not reach the highest bit. */
        private static final long NOTHING = 0x7f;

        static Pattern of(byte[] text, int start, int end) {
            long bytes = 0;
            long limits = 0;
            long mask = 0;
            for (int i = 0; i < Math.min(end - start, Long.BYTES); i++) {
                byte at = text[start + i];
                boolean digit = at >= '0' && at <= '9';
                int shift = i * Byte.SIZE;
                bytes |= (digit ? '0' : at & 0xffL) << shift;
                limits |= (digit ? DIGIT : NOTHING) << shift;
                mask |= 0x80L << shift;
            }
            return new Pattern(bytes, limits, mask);
        }

        boolean fits(long word) {
            long others = word ^ bytes;
            return ((((others & ~HIGHEST) + limits) | others) & mask) == 0;
        }
    }

    private NumberForm(byte[] bytes, int start, int end, int point) {
        this.length = end - start;
        this.negative = bytes[start] == '-';
        int first = negative ? 1 : 0;
        this.digits = length - first - (point < 0 ? 0 : 1);
        this.scale = point < 0 ? 0 : end - point - 1;
        this.leads = digits - scale > 1;
        this.leadShift = first * Byte.SIZE;
        this.integer = scale == 0 ? -1 : (1L << ((digits - scale) * Byte.SIZE)) - 1;
        this.alignment = Long.SIZE - digits * Byte.SIZE;
        this.divisor = NumberScanner.exactTens(scale);
        this.head = Pattern.of(bytes, start, end + 1);
        this.tail = length < Long.BYTES ? null : Pattern.of(bytes, start + Long.BYTES, end + 1);
    }

    /** Returns the form of a number by itself, behind which nothing is expected. */
    static @Nullable NumberForm of(byte[] number) {
        return of(Arrays.copyOf(number, number.length + 1), 0, number.length);
    }

    /** Returns the form of a number, which was checked; null if it is long or has an exponent. */
    static @Nullable NumberForm of(byte[] bytes, int start, int end) {
        int point = -1;
        for (int at = start; at < end; at++) {
            if ((bytes[at] | 0x20) == 'e') {
                return null;
            }
            if (bytes[at] == '.') {
                point = at;
            }
        }
        return end - start > LONGEST ? null : new NumberForm(bytes, start, end, point);
    }

    /** Returns the number of characters. */
    int length() {
        return length;
    }

    /** Tells whether a number of this form is at a place of a payload. */
    boolean isAt(byte[] bytes, int at) {
        long word = Words.at(bytes, at);
        return head.fits(word)
                && (!leads || ((word >>> leadShift) & 0xff) != '0')
                && (tail == null || tail.fits(Words.at(bytes, at + Long.BYTES)));
    }

    boolean isWhole() {
        return scale == 0;
    }

    /** Tells whether {@link #longValue} and {@link #doubleValue} read such numbers. */
    boolean isReadable() {
        return length <= Long.BYTES || (!negative && scale == 0);
    }

    /** Returns the whole number of this form at a place. */
    long longValue(byte[] bytes, int at) {
        long magnitude = magnitude(bytes, at);
        return negative ? -magnitude : magnitude;
    }

    /** Returns the number of this form at a place as the double that is nearest. */
    double doubleValue(byte[] bytes, int at) {
        if (isWhole()) {
            return longValue(bytes, at);
        }
        // both are exact, so this rounds once
        double magnitude = magnitude(bytes, at) / divisor;
        return negative ? -magnitude : magnitude;
    }

    /** Returns the digits of the number of this form at a place, without sign and point, as a whole number. */
    private long magnitude(byte[] bytes, int at) {
        long word = Words.at(bytes, at) ^ Words.ZEROS;
        if (length > Long.BYTES) {
            int more = length - Long.BYTES;
            long rest = Words.value(Words.at(bytes, at + Long.BYTES) ^ Words.ZEROS, more);
            return Words.value(word, Long.BYTES) * NumberScanner.tens(more) + rest;
        }
        long unsigned = word >>> leadShift;
        return Words.value(((unsigned & integer) | ((unsigned >>> Byte.SIZE) & ~integer)) << alignment);
    }
}
