package io.varuna.engine.expression;

import io.varuna.api.data.Conversions;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Comparisons of values of which only the data tells the type. */
public final class Values {
    private Values() {}

    /**
     * Compares two values. Numbers compare with numbers, texts with texts by code points, datetimes also with milliseconds
     * and texts, booleans only for equality.
     *
     * @param clock gives the zone of texts that are datetimes
     */
    static int compare(Object left, Object right, Clock clock) {
        if (left instanceof Number a && right instanceof Number b) {
            return compareNumbers(a, b);
        }
        if (left instanceof String a && right instanceof String b) {
            return compareTexts(a, b);
        }
        if (left instanceof Instant a) {
            return a.compareTo(Conversions.toInstant(right, clock));
        }
        if (right instanceof Instant b) {
            return Conversions.toInstant(left, clock).compareTo(b);
        }
        throw incomparable(left, right);
    }

    /** Tells whether two values are equal; fails where they cannot be compared. */
    static boolean equal(Object left, Object right, Clock clock) {
        if (left instanceof Boolean && right instanceof Boolean) {
            return left.equals(right);
        }
        return compare(left, right, clock) == 0;
    }

    private static RuntimeException incomparable(Object left, Object right) {
        return Evaluator.failure(
                Conversions.describe(left) + " cannot be compared with " + Conversions.describe(right));
    }

    static boolean isWhole(Number number) {
        return number instanceof Long || number instanceof Integer || number instanceof Short || number instanceof Byte;
    }

    /** Compares exactly, also where a whole number is beyond the precision of a double. */
    public static int compareNumbers(Number left, Number right) {
        if (isWhole(left)) {
            return isWhole(right)
                    ? Long.compare(left.longValue(), right.longValue())
                    : -compareMixed(right.doubleValue(), left.longValue());
        }
        return isWhole(right)
                ? compareMixed(left.doubleValue(), right.longValue())
                : compareDoubles(left.doubleValue(), right.doubleValue());
    }

    /** Compares exactly; NaN comes last. */
    public static int compareMixed(double left, long right) {
        if (left >= 0x1p63 || Double.isNaN(left)) {
            return 1;
        }
        if (left < -0x1p63) {
            return -1;
        }
        long whole = (long) left;
        int order = Long.compare(whole, right);
        return order != 0 ? order : compareDoubles(left, (double) whole);
    }

    static int compareDoubles(double left, double right) {
        if (left < right) {
            return -1;
        }
        // 0.0 and -0.0 are equal, unlike for Double.compare
        return left > right ? 1 : left == right ? 0 : Double.compare(left, right);
    }

    /** Compares by code points, which is the order of the UTF-8 bytes. */
    public static int compareTexts(String left, String right) {
        int length = Math.min(left.length(), right.length());
        for (int i = 0; i < length; i++) {
            char a = left.charAt(i);
            char b = right.charAt(i);
            if (a != b) {
                boolean surrogates = Character.isSurrogate(a) != Character.isSurrogate(b);
                return surrogates ? (Character.isSurrogate(a) ? 1 : -1) : a - b;
            }
        }
        return left.length() - right.length();
    }

    /** Orders values of any types: by kind of type first, then within it. For sorting, where mixed values must not fail. */
    public static int order(Object left, Object right) {
        int a = rank(left);
        int b = rank(right);
        if (a != b) {
            return Integer.compare(a, b);
        }
        if (left instanceof Number x && right instanceof Number y) {
            return compareNumbers(x, y);
        }
        if (left instanceof String x && right instanceof String y) {
            return compareTexts(x, y);
        }
        if (left instanceof Boolean x && right instanceof Boolean y) {
            return Boolean.compare(x, y);
        }
        if (left instanceof Instant x && right instanceof Instant y) {
            return x.compareTo(y);
        }
        return compareTexts(Conversions.toText(left), Conversions.toText(right));
    }

    private static int rank(Object value) {
        if (value instanceof Number) {
            return 0;
        }
        if (value instanceof Instant) {
            return 1;
        }
        if (value instanceof String) {
            return 2;
        }
        if (value instanceof Boolean) {
            return 3;
        }
        if (value instanceof List) {
            return 4;
        }
        return value instanceof Map ? 5 : 6;
    }
}
