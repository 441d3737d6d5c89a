package io.varuna.api.data;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Conversions between values, as the rule dialect makes them. Three degrees of leniency:
 *
 * <ul>
 *   <li>{@link #cast}, and the methods for one type each: what can be understood is converted.
 *   <li>{@link #declared}: a decoded value to the type of its column.
 *   <li>{@link #strict}: the same under {@code STRICT_VALIDATION}.
 * </ul>
 *
 * <p>Clocks give the time zone of texts that name none, and the date of texts that are times of day.
 */
public final class Conversions {
    private static final int LONGEST_QUOTE = 60;

    private Conversions() {}

    /**
     * Converts as {@code cast} does; NULL stays NULL.
     *
     * @throws VarunaException EVALUATION_FAILED if the value cannot be converted
     */
    public static @Nullable Object cast(@Nullable Object value, DataType.Kind kind, Clock clock) {
        if (value == null || kind.javaClass().isInstance(value)) {
            return value;
        }
        return switch (kind) {
            case BOOLEAN -> toBoolean(value);
            case BIGINT -> toLong(value);
            case DOUBLE -> toDouble(value);
            case VARCHAR -> toText(value);
            case VARBINARY -> toBytes(value);
            case TIMESTAMP -> toInstant(value, clock);
            case ARRAY, STRUCT -> throw misfit(value, kind.ruleName().toUpperCase(Locale.ROOT));
            case ANY -> value;
        };
    }

    /**
     * Converts a decoded value to the type that its column is declared with; NULL stays NULL. Whole numbers fit FLOAT,
     * numbers fit STRING, BOOLEAN (not zero) and DATETIME (milliseconds), texts fit BOOLEAN, BYTEA (base64 if it can be)
     * and DATETIME. Struct members that are not declared are left out.
     *
     * @param column the name for messages
     * @throws VarunaException MALFORMED_RECORD if the value does not fit
     */
    public static @Nullable Object declared(@Nullable Object value, DataType type, String column, Clock clock) {
        return DeclaredConversion.LENIENT.convert(value, type, column, clock, null);
    }

    /**
     * Converts a value to the type of its column as {@code STRICT_VALIDATION} asks: like to like only, but numbers of both
     * kinds (fractions are cut), numbers and texts as DATETIME, texts as BYTEA, bytes as STRING. NULL is refused except for
     * ARRAY and STRUCT.
     *
     * @param column the name for messages
     * @param pattern tried first on texts for DATETIME, or null
     * @throws VarunaException MALFORMED_RECORD if the value does not fit
     */
    public static @Nullable Object strict(
            @Nullable Object value, DataType type, String column, Clock clock, @Nullable DateTimePattern pattern) {
        return DeclaredConversion.STRICT.convert(value, type, column, clock, pattern);
    }

    /** Tells whether a value is a whole number that BIGINT can hold, such as 5 or 5.0. */
    public static boolean isWhole(@Nullable Object value) {
        if (value instanceof Double number) {
            return number == Math.rint(number) && Math.abs(number) < 0x1p63;
        }
        return value instanceof Long || value instanceof Integer || value instanceof Short || value instanceof Byte;
    }

    /**
     * Converts to a whole number: fractions are cut, texts may have a prefix ({@code 0x}, {@code 0o}, {@code 0b}, or {@code
     * 0} for octal), booleans are 0 or 1, datetimes milliseconds since 1970.
     */
    public static long toLong(Object value) {
        if (value instanceof Long number) {
            return number;
        }
        if (value instanceof Number number) {
            if (Math.abs(number.doubleValue()) < 0x1p63) {
                return number.longValue();
            }
            throw misfit(value, "BIGINT");
        }
        if (value instanceof Boolean bool) {
            return bool ? 1 : 0;
        }
        if (value instanceof Instant instant) {
            return instant.toEpochMilli();
        }
        if (value instanceof String text) {
            return parseLong(text);
        }
        throw misfit(value, "BIGINT");
    }

    /** Converts to a double: texts are parsed, booleans are 0 or 1, datetimes milliseconds since 1970. */
    public static double toDouble(Object value) {
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        if (value instanceof String text) {
            return parseDouble(text);
        }
        if (value instanceof Boolean || value instanceof Instant) {
            return toLong(value);
        }
        throw misfit(value, "FLOAT");
    }

    /** Converts to a boolean: a number is true unless it is 0; texts are {@code 1 t T true ...} or {@code 0 f F false ...}. */
    public static boolean toBoolean(Object value) {
        if (value instanceof Boolean bool) {
            return bool;
        }
        if (value instanceof Number number) {
            return number.doubleValue() != 0;
        }
        if (value instanceof String text) {
            return switch (text) {
                case "1", "t", "T", "true", "True", "TRUE" -> true;
                case "0", "f", "F", "false", "False", "FALSE" -> false;
                default -> throw misfit(value, "BOOLEAN");
            };
        }
        throw misfit(value, "BOOLEAN");
    }

    /** Converts to a text: bytes are read as UTF-8, datetimes are written as RFC 3339 in UTC, lists and objects as JSON. */
    public static String toText(Object value) {
        if (value instanceof String text) {
            return text;
        }
        if (value instanceof Double number) {
            return toText(number.doubleValue());
        }
        if (value instanceof byte[] bytes) {
            return new String(bytes, StandardCharsets.UTF_8);
        }
        if (value instanceof Instant instant) {
            return DateTimeFormatter.ISO_INSTANT.format(instant);
        }
        if (value instanceof List || value instanceof Map) {
            return JsonText.of(value);
        }
        return value.toString();
    }

    /** Writes a number the way JSON output does: shortest, without a fraction where it is whole. */
    public static String toText(double value) {
        byte[] bytes = new byte[NumberText.LONGEST];
        return new String(bytes, 0, NumberText.put(value, bytes, 0), StandardCharsets.US_ASCII);
    }

    /** Converts to bytes: texts are decoded as base64 with its padding, or taken as UTF-8 where they are not. */
    public static byte[] toBytes(Object value) {
        if (value instanceof byte[] bytes) {
            return bytes;
        }
        if (value instanceof String text) {
            // Java's decoder does without padding, and would take most short words for base64
            return text.length() % 4 == 0 ? decoded(text) : text.getBytes(StandardCharsets.UTF_8);
        }
        throw misfit(value, "BYTEA");
    }

    private static byte[] decoded(String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
    }

    /** Converts to a point in time: numbers are milliseconds since 1970, texts are in one of many usual formats. */
    public static Instant toInstant(Object value, Clock clock) {
        return value instanceof Instant instant
                ? instant
                : toDateTime(value, clock, null).toInstant();
    }

    /**
     * Converts to a point in time with its zone: the one that the text names, otherwise the clock's.
     *
     * @param pattern tried first on texts, or null
     */
    public static ZonedDateTime toDateTime(Object value, Clock clock, @Nullable DateTimePattern pattern) {
        if (value instanceof Instant instant) {
            return instant.atZone(clock.getZone());
        }
        if (value instanceof Number) {
            return Instant.ofEpochMilli(toLong(value)).atZone(clock.getZone());
        }
        if (value instanceof String text) {
            ZonedDateTime parsed = pattern == null ? null : pattern.tryParse(text, clock);
            return parsed == null ? DateTimePattern.detect(text, clock) : parsed;
        }
        throw misfit(value, "DATETIME");
    }

    /** Returns the value and its type for a message, such as {@code 'abc' (STRING)}. Long values are shortened. */
    public static String describe(@Nullable Object value) {
        if (value == null) {
            return "NULL";
        }
        String text = value instanceof byte[] ? JsonText.of(value) : toText(value);
        String quoted = text.length() > LONGEST_QUOTE ? text.substring(0, LONGEST_QUOTE) + "..." : text;
        return "'" + quoted + "' (" + typeName(value) + ")";
    }

    private static String typeName(Object value) {
        for (DataType.Kind kind : DataType.Kind.values()) {
            if (kind.javaClass().isInstance(value)) {
                return kind.ruleName().toUpperCase(Locale.ROOT);
            }
        }
        return value.getClass().getSimpleName();
    }

    private static VarunaException misfit(Object value, String type) {
        return new VarunaException(
                StandardError.EVALUATION_FAILED, describe(value) + " cannot be converted to " + type);
    }

    private static long parseLong(String text) {
        String digits = text.replace("_", "");
        int sign = digits.startsWith("-") || digits.startsWith("+") ? 1 : 0;
        String prefix =
                digits.substring(sign, Math.min(sign + 2, digits.length())).toLowerCase(Locale.ROOT);
        try {
            return switch (prefix) {
                case "0x" -> parseLong(digits, sign, 2, 16);
                case "0o" -> parseLong(digits, sign, 2, 8);
                case "0b" -> parseLong(digits, sign, 2, 2);
                default -> prefix.startsWith("0") && prefix.length() > 1
                        ? parseLong(digits, sign, 1, 8)
                        : Long.parseLong(digits);
            };
        } catch (NumberFormatException e) {
            throw misfit(text, "BIGINT");
        }
    }

    private static long parseLong(String digits, int sign, int prefix, int radix) {
        String unsigned = digits.substring(sign + prefix);
        if (unsigned.startsWith("-") || unsigned.startsWith("+")) {
            throw new NumberFormatException(digits);
        }
        return Long.parseLong(digits.substring(0, sign) + unsigned, radix);
    }

    private static double parseDouble(String text) {
        // Java's own syntax goes further: 1d, 0x1p3, NaN, blanks
        for (int i = 0; i < text.length(); i++) {
            if ("0123456789+-.eE".indexOf(text.charAt(i)) < 0) {
                throw misfit(text, "FLOAT");
            }
        }
        try {
            double number = Double.parseDouble(text);
            if (Double.isFinite(number)) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw misfit(text, "FLOAT");
        }
        throw misfit(text, "FLOAT");
    }
}
