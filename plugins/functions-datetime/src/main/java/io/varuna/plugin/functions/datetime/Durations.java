package io.varuna.plugin.functions.datetime;

import io.varuna.api.data.Conversions;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations such as {@code 1h30m} or {@code -1.5s}. */
final class Durations {
    private static final Pattern PART = Pattern.compile("(\\d+(?:\\.\\d*)?|\\.\\d+)(ns|us|µs|ms|s|m|h)");

    private Durations() {}

    static Duration parse(String text) {
        boolean signed = text.startsWith("-") || text.startsWith("+");
        String parts = signed ? text.substring(1) : text;
        if (parts.equals("0")) {
            return Duration.ZERO;
        }
        BigDecimal nanoseconds = BigDecimal.ZERO;
        Matcher matcher = PART.matcher(parts);
        int end = 0;
        while (matcher.find() && matcher.start() == end) {
            BigDecimal unit = BigDecimal.valueOf(nanoseconds(matcher.group(2)));
            nanoseconds = nanoseconds.add(new BigDecimal(matcher.group(1)).multiply(unit));
            end = matcher.end();
        }
        if (parts.isEmpty() || end < parts.length() || nanoseconds.precision() - nanoseconds.scale() > 18) {
            throw DateTimes.problem(Conversions.describe(text)
                    + " is not a duration. Write it with h, m, s, ms, us or ns, such as '-1h30m'");
        }
        Duration duration = Duration.ofNanos(nanoseconds.longValue());
        return text.startsWith("-") ? duration.negated() : duration;
    }

    private static long nanoseconds(String unit) {
        return switch (unit) {
            case "ns" -> 1L;
            case "ms" -> 1_000_000L;
            case "s" -> 1_000_000_000L;
            case "m" -> 60_000_000_000L;
            case "h" -> 3_600_000_000_000L;
            default -> 1_000L;
        };
    }
}
