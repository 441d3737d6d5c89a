package io.varuna.plugin.http;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads spans of time as properties have them: {@code 10s}, {@code 1m30s}, or a number of milliseconds. */
final class Durations {
    private static final Pattern PART = Pattern.compile("(\\d+)(ms|s|m|h)");

    private Durations() {}

    static Duration parse(String property, String text) {
        if (text.matches("\\d{1,12}")) {
            return Duration.ofMillis(Long.parseLong(text));
        }
        Duration total = Duration.ZERO;
        Matcher part = PART.matcher(text);
        int end = 0;
        while (part.find() && part.start() == end && part.group(1).length() < 10) {
            long number = Long.parseLong(part.group(1));
            total = total.plus(
                    switch (part.group(2)) {
                        case "ms" -> Duration.ofMillis(number);
                        case "s" -> Duration.ofSeconds(number);
                        case "m" -> Duration.ofMinutes(number);
                        default -> Duration.ofHours(number);
                    });
            end = part.end();
        }
        if (end == 0 || end < text.length()) {
            throw InvalidProperty.of(property, "a time such as 10s or 500ms, or a number of milliseconds", text);
        }
        return total;
    }
}
