package io.varuna.plugin.codec.json;

import java.nio.charset.StandardCharsets;

/** Reads numbers exactly: whole ones as long as they fit, others as the double that is nearest. */
final class NumberScanner {
    private static final int LONGEST = 1_000;
    /** So many digits fit a long whatever they are. */
    private static final int MOST_DIGITS = 18;

    private static final long LARGEST_EXACT = 1L << 53;
    private static final long[] TENS = new long[9];
    /** The powers of ten that are doubles: dividing by one rounds once, so correctly. */
    private static final double[] EXACT_TENS = new double[23];

    static {
        long power = 1;
        for (int i = 0; i < TENS.length; i++) {
            TENS[i] = power;
            power *= 10;
        }
        for (int i = 0; i < EXACT_TENS.length; i++) {
            EXACT_TENS[i] = Double.parseDouble("1e" + i);
        }
    }

    private final Payload payload;
    private final boolean readable;
    private boolean whole;
    private long longValue;
    private double doubleValue;

    /**
     * Creates a scanner.
     *
     * @param readable whether numbers that are skipped have to be such as can be read: not too large, not too long
     */
    NumberScanner(Payload payload, boolean readable) {
        this.payload = payload;
        this.readable = readable;
    }

    /** Tells whether a number begins with this byte. */
    static boolean isFirst(byte first) {
        return (first >= '0' && first <= '9') || first == '-';
    }

    /** Tells whether the number that was read is written without fraction and exponent, and fits. */
    boolean isWhole() {
        return whole;
    }

    long longValue() {
        return longValue;
    }

    double doubleValue() {
        return whole ? longValue : doubleValue;
    }

    /** Returns a power of ten, up to the eighth. */
    static long tens(int exponent) {
        return TENS[exponent];
    }

    /** Returns a power of ten that is a double, up to the 22nd. */
    static double exactTens(int exponent) {
        return EXACT_TENS[exponent];
    }

    /** Reads the number that starts with a digit or a minus at {@code start}, and returns where it ends. */
    int read(byte[] bytes, int start) {
        int first = bytes[start] == '-' ? start + 1 : start;
        long word = Words.at(bytes, first) ^ Words.ZEROS;
        long others = Words.notDigits(word);
        int digits = Words.first(others);
        if (digits < Long.BYTES && bytes[first + digits] == '.') {
            int end = first + Words.first(others & (others - 1));
            if (isShort(bytes, first, digits, end)) {
                int scale = end - first - digits - 1;
                double value = Words.value(Words.without(word, digits), digits + scale) / EXACT_TENS[scale];
                whole = false;
                doubleValue = first == start ? value : -value;
                return end;
            }
        }
        if (digits == 0) {
            throw payload.unexpected(first, "a digit");
        }
        long magnitude = Words.value(word, digits);
        int at = first + digits;
        if (digits == Long.BYTES) {
            word = Words.at(bytes, at) ^ Words.ZEROS;
            int more = Words.digits(word);
            if (more == Long.BYTES) {
                return readLong(bytes, start, first);
            }
            if (more > 0) {
                magnitude = magnitude * TENS[more] + Words.value(word, more);
                digits += more;
                at += more;
            }
        }
        if (digits > 1 && bytes[first] == '0') {
            throw payload.unexpected(first + 1, "no digit after a leading zero");
        }
        if (bytes[at] == '.') {
            return readFraction(bytes, start, first, magnitude, digits, at + 1);
        }
        if ((bytes[at] | 0x20) == 'e') {
            return readLong(bytes, start, first);
        }
        whole = true;
        longValue = first == start ? magnitude : -magnitude;
        return at;
    }

    private int readFraction(byte[] bytes, int start, int first, long integer, int integerDigits, int point) {
        long magnitude = integer;
        int at = point;
        int more;
        do {
            long word = Words.at(bytes, at) ^ Words.ZEROS;
            more = Words.digits(word);
            if (more > 0) {
                if (integerDigits + at + more - point > MOST_DIGITS) {
                    return readLong(bytes, start, first);
                }
                magnitude = magnitude * TENS[more] + Words.value(word, more);
                at += more;
            }
        } while (more == Long.BYTES);
        int scale = at - point;
        if (scale == 0) {
            throw payload.unexpected(at, "a digit");
        }
        if ((bytes[at] | 0x20) == 'e' || magnitude > LARGEST_EXACT) {
            return readLong(bytes, start, first);
        }
        double value = magnitude / EXACT_TENS[scale];
        whole = false;
        doubleValue = first == start ? value : -value;
        return at;
    }

    /** Reads a number of any length. */
    private int readLong(byte[] bytes, int start, int first) {
        int integerEnd = skipDigits(bytes, first);
        int end = skipAny(bytes, first);
        if (end - start > LONGEST) {
            throw Payload.malformed("The number at byte " + start + " has " + (end - start)
                    + " characters, but the longest that is read has " + LONGEST);
        }
        String text = new String(bytes, start, end - start, StandardCharsets.US_ASCII);
        whole = integerEnd == end && fits(text);
        if (!whole) {
            doubleValue = Double.parseDouble(text);
            if (Double.isInfinite(doubleValue)) {
                throw Payload.malformed("The number '" + text + "' at byte " + start + " is too large");
            }
        }
        return end;
    }

    private boolean fits(String text) {
        if (text.length() > MOST_DIGITS + 2) {
            return false;
        }
        try {
            longValue = Long.parseLong(text);
            return true;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /** Checks the number that starts with a digit or a minus at {@code start}, and returns where it ends. */
    int skip(byte[] bytes, int start) {
        int first = bytes[start] == '-' ? start + 1 : start;
        int end = skipPlain(bytes, first);
        if (end >= 0) {
            return end;
        }
        return readable ? read(bytes, start) : skipAny(bytes, first);
    }

    /** Returns where a number of usual form ends, or -1 if it is of another. */
    private static int skipPlain(byte[] bytes, int first) {
        long others = Words.notDigits(Words.at(bytes, first) ^ Words.ZEROS);
        if (others == 0) {
            return skipLong(bytes, first);
        }
        int digits = Words.first(others);
        int end = first + digits;
        if (bytes[end] == '.') {
            end = first + Words.first(others & (others - 1));
        }
        return isShort(bytes, first, digits, end) ? end : -1;
    }

    /**
     * Tells whether a number is a plain one within a word.
     *
     * @param digits how many it begins with
     * @param end where the first byte is that is neither digit nor point
     */
    private static boolean isShort(byte[] bytes, int first, int digits, int end) {
        return digits > 0
                && (digits == 1 || bytes[first] != '0')
                && end < first + Long.BYTES
                && bytes[end - 1] != '.'
                && endsAt(bytes[end]);
    }

    private static boolean endsAt(byte next) {
        return next != '.' && (next | 0x20) != 'e';
    }

    private static int skipLong(byte[] bytes, int first) {
        int second = first + Long.BYTES;
        int end = second + Words.digits(Words.at(bytes, second) ^ Words.ZEROS);
        boolean plain = end < second + Long.BYTES && bytes[first] != '0' && endsAt(bytes[end]);
        return plain ? end : -1;
    }

    private int skipAny(byte[] bytes, int first) {
        int at = skipDigits(bytes, first);
        if (bytes[first] == '0' && at - first > 1) {
            throw payload.unexpected(first + 1, "no digit after a leading zero");
        }
        if (bytes[at] == '.') {
            at = skipDigits(bytes, at + 1);
        }
        if ((bytes[at] | 0x20) == 'e') {
            int sign = bytes[at + 1];
            at = skipDigits(bytes, sign == '+' || sign == '-' ? at + 2 : at + 1);
        }
        return at;
    }

    private int skipDigits(byte[] bytes, int from) {
        int at = from;
        int more;
        do {
            more = Words.digits(Words.at(bytes, at) ^ Words.ZEROS);
            at += more;
        } while (more == Long.BYTES);
        if (at == from) {
            throw payload.unexpected(at, "a digit");
        }
        return at;
    }
}
