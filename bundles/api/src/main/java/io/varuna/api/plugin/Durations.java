package io.varuna.api.plugin;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Spans of time as options and properties give them: {@code 10s}, {@code 1m30s}, {@code 1.5h}, or a number of milliseconds. */
public final class Durations {
    /** What a property or option takes that is a duration, for messages. */
    public static final String TAKES = "a time such as 10s or 500ms, or a number of milliseconds";

    private static final Pattern MILLISECONDS = Pattern.compile("[0-9]{1,15}");
    private static final Pattern PART = Pattern.compile("([0-9]{1,15}(?:\\.[0-9]{1,9})?)(ns|us|µs|ms|s|m|h|d)");
    private static final Pattern PARTS = Pattern.compile("(?:" + PART.pattern() + ")+");
    /** Longer ones do not fit into nanoseconds: 292 years. */
    private static final BigDecimal LONGEST = BigDecimal.valueOf(Long.MAX_VALUE);

    private Durations() {}

    /** Reads a duration; empty if the text is none, or one of more than 292 years. */
    public static Optional<Duration> parse(String text) {
        if (MILLISECONDS.matcher(text).matches()) {
            return Optional.of(Duration.ofMillis(Long.parseLong(text)));
        }
        if (!PARTS.matcher(text).matches()) {
            return Optional.empty();
        }
        BigDecimal nanoseconds = BigDecimal.ZERO;
        for (Matcher part = PART.matcher(text); part.find(); ) {
            BigDecimal unit = BigDecimal.valueOf(nanoseconds(part.group(2)));
            nanoseconds = nanoseconds.add(new BigDecimal(part.group(1)).multiply(unit));
        }
        return nanoseconds.compareTo(LONGEST) > 0
                ? Optional.empty()
                : Optional.of(Duration.ofNanos(nanoseconds.longValue()));
    }

    /** Reads the duration that a property has; fails with INVALID_PROPERTY, naming the property. */
    public static Duration property(String name, String text) {
        return parse(text)
                .orElseThrow(() -> new VarunaException(
                        StandardError.INVALID_PROPERTY,
                        "Property '" + name + "' takes " + TAKES + ", not '" + text + "'"));
    }

    private static long nanoseconds(String unit) {
        return switch (unit) {
            case "ns" -> 1L;
            case "ms" -> 1_000_000L;
            case "s" -> 1_000_000_000L;
            case "m" -> 60_000_000_000L;
            case "h" -> 3_600_000_000_000L;
            case "d" -> 86_400_000_000_000L;
            default -> 1_000L;
        };
    }
}
