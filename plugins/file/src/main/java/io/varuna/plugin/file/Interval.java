package io.varuna.plugin.file;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads spans of time as properties give them. */
final class Interval {
    private static final Pattern MILLISECONDS = Pattern.compile("\\d{1,15}");
    private static final Pattern PART = Pattern.compile("(\\d{1,9})(ms|s|m|h)");
    private static final Pattern PARTS = Pattern.compile("(?:" + PART.pattern() + ")+");

    private Interval() {}

    static Duration parse(String text, String property, String where) {
        if (MILLISECONDS.matcher(text).matches()) {
            return Duration.ofMillis(Long.parseLong(text));
        }
        if (!PARTS.matcher(text).matches()) {
            throw new VarunaException(
                    StandardError.INVALID_PROPERTY,
                    where + " has '" + property + "' '" + text
                            + "'. It takes a text such as 10s or 300ms, or a number of milliseconds");
        }
        Duration sum = Duration.ZERO;
        Matcher part = PART.matcher(text);
        while (part.find()) {
            long amount = Long.parseLong(part.group(1));
            sum = sum.plus(
                    switch (part.group(2)) {
                        case "ms" -> Duration.ofMillis(amount);
                        case "s" -> Duration.ofSeconds(amount);
                        case "m" -> Duration.ofMinutes(amount);
                        default -> Duration.ofHours(amount);
                    });
        }
        return sum;
    }
}
