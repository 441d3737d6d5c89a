package io.varuna.plugin.functions.math;

import io.varuna.api.data.Conversions;
import io.varuna.api.function.FunctionLibrary;
import io.varuna.api.function.SqlFunction;
import java.math.BigInteger;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;

/** Functions of the bits and digits of whole numbers. */
@Component
public final class BitFunctions implements FunctionLibrary {
    private static final BigInteger UNSIGNED_RANGE = BigInteger.ONE.shiftLeft(64);
    private static final BigInteger MOST_UNSIGNED = UNSIGNED_RANGE.subtract(BigInteger.ONE);
    private static final BigInteger MOST = BigInteger.valueOf(Long.MAX_VALUE);
    private static final BigInteger LEAST = BigInteger.valueOf(Long.MIN_VALUE);

    @SqlFunction(doc = "Returns the bits that are set in both numbers.", examples = "bitand(12, 10) = 8")
    public static long bitand(long a, long b) {
        return a & b;
    }

    @SqlFunction(doc = "Returns the bits that are set in at least one of the numbers.", examples = "bitor(12, 10) = 14")
    public static long bitor(long a, long b) {
        return a | b;
    }

    @SqlFunction(doc = "Returns the bits that are set in exactly one of the numbers.", examples = "bitxor(12, 10) = 6")
    public static long bitxor(long a, long b) {
        return a ^ b;
    }

    @SqlFunction(doc = "Returns the bits that are not set in the number.", examples = "bitnot(5) = -6")
    public static long bitnot(long number) {
        return ~number;
    }

    @SqlFunction(
            doc =
                    "Writes a number of one base (2 to 36) in another, in capitals; a negative base stands for signed numbers.",
            examples = {"conv('6E', 18, 8) = '172'", "conv(255, 10, 16) = 'FF'", "conv('-17', 10, -18) = '-H'"})
    public static @Nullable String conv(Object number, long from, long to) {
        if (!isBase(from) || !isBase(to)) {
            return null;
        }
        BigInteger value = parse(Conversions.toText(number).strip(), (int) Math.abs(from));
        if (from < 0) {
            value = value.max(LEAST).min(MOST);
        } else {
            // a number that is too large or too small is cut to 64 bits
            BigInteger size = value.abs().min(MOST_UNSIGNED);
            value = value.signum() < 0 ? size.negate() : size;
        }
        BigInteger bits = to < 0 ? BigInteger.valueOf(value.longValue()) : value.mod(UNSIGNED_RANGE);
        return bits.toString((int) Math.abs(to)).toUpperCase(Locale.ROOT);
    }

    private static boolean isBase(long base) {
        return Math.abs(base) >= Character.MIN_RADIX && Math.abs(base) <= Character.MAX_RADIX;
    }

    /** Reads the digits up to the first character that is none. */
    private static BigInteger parse(String text, int base) {
        int start = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
        int end = start;
        while (end < text.length() && Character.digit(text.charAt(end), base) >= 0) {
            end++;
        }
        if (end == start) {
            return BigInteger.ZERO;
        }
        BigInteger size = new BigInteger(text.substring(start, end), base);
        return text.startsWith("-") ? size.negate() : size;
    }
}
