package io.varuna.api.data;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What makes values equal and which comes first. Numbers are compared by what they count, be they whole or not. */
public final class Values {
    /** From here on, not every whole number is a double. */
    private static final long EXACT = 1L << 53;

    private Values() {}

    /** Tells whether two values are the same; 1 and 1.0 are, and NULL is the same as NULL only. */
    public static boolean equal(@Nullable Object left, @Nullable Object right) {
        if (left == right) {
            return true;
        }
        if (left == null || right == null) {
            return false;
        }
        if (left instanceof Number a && right instanceof Number b) {
            return compareNumbers(a, b) == 0;
        }
        if (left instanceof byte[] a && right instanceof byte[] b) {
            return Arrays.equals(a, b);
        }
        if (left instanceof List<?> a && right instanceof List<?> b) {
            return key(a).equals(key(b));
        }
        if (left instanceof Map<?, ?> a && right instanceof Map<?, ?> b) {
            return key(a).equals(key(b));
        }
        return left.equals(right);
    }

    /** Tells whether {@link #compare} can order the two values. */
    public static boolean comparable(Object left, Object right) {
        return (left instanceof Number && right instanceof Number)
                || (left instanceof String && right instanceof String)
                || (left instanceof Boolean && right instanceof Boolean)
                || (left instanceof Instant && right instanceof Instant)
                || (left instanceof byte[] && right instanceof byte[]);
    }

    /**
     * Orders two numbers, texts (by code point), booleans (false first), datetimes or byte arrays.
     *
     * @throws ClassCastException if the values are not {@link #comparable}
     */
    public static int compare(Object left, Object right) {
        if (left instanceof Number a && right instanceof Number b) {
            return compareNumbers(a, b);
        }
        if (left instanceof String a && right instanceof String b) {
            return compareTexts(a, b);
        }
        if (left instanceof Boolean a && right instanceof Boolean b) {
            return a.compareTo(b);
        }
        if (left instanceof Instant a && right instanceof Instant b) {
            return a.compareTo(b);
        }
        if (left instanceof byte[] a && right instanceof byte[] b) {
            return Arrays.compareUnsigned(a, b);
        }
        throw new ClassCastException(Conversions.describe(left) + " and " + Conversions.describe(right));
    }

    /** Returns an object whose {@code equals} and {@code hashCode} follow {@link #equal}, to use in sets and maps. */
    public static Object key(@Nullable Object value) {
        if (value == null) {
            return Missing.VALUE;
        }
        if (value instanceof Double || value instanceof Float) {
            double number = ((Number) value).doubleValue();
            if (number == Math.rint(number) && Math.abs(number) < 0x1p63) {
                return (long) number;
            }
            return number;
        }
        if (value instanceof Number number && !(value instanceof BigDecimal)) {
            return number.longValue();
        }
        if (value instanceof byte[] bytes) {
            return ByteBuffer.wrap(bytes.clone());
        }
        if (value instanceof List<?> list) {
            return list.stream().map(Values::key).collect(Collectors.toUnmodifiableList());
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> keys = new HashMap<>();
            map.forEach((name, member) -> keys.put(name, key(member)));
            return keys;
        }
        return value;
    }

    private static int compareNumbers(Number left, Number right) {
        boolean leftWhole = isWhole(left);
        boolean rightWhole = isWhole(right);
        if (leftWhole && rightWhole) {
            return Long.compare(left.longValue(), right.longValue());
        }
        double a = left.doubleValue();
        double b = right.doubleValue();
        if ((leftWhole && isInexact(left.longValue()) && Double.isFinite(b))
                || (rightWhole && isInexact(right.longValue()) && Double.isFinite(a))) {
            return exact(left, leftWhole).compareTo(exact(right, rightWhole));
        }
        // unlike Double.compare, takes 0.0 and -0.0 for the same
        return a == b ? 0 : Double.compare(a, b);
    }

    private static BigDecimal exact(Number number, boolean whole) {
        return whole ? BigDecimal.valueOf(number.longValue()) : new BigDecimal(number.doubleValue());
    }

    private static boolean isInexact(long value) {
        return value > EXACT || value < -EXACT;
    }

    private static boolean isWhole(Number number) {
        return number instanceof Long || number instanceof Integer || number instanceof Short || number instanceof Byte;
    }

    private static int compareTexts(String left, String right) {
        int difference = left.compareTo(right);
        // UTF-16 order differs from that of code points only where surrogates are involved
        if (difference == 0 || !(hasSurrogates(left) || hasSurrogates(right))) {
            return difference;
        }
        return Arrays.compareUnsigned(left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));
    }

    private static boolean hasSurrogates(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }
}
