package io.varuna.testkit.golden;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Points in time as a page shows them: short after the epoch, such as {@code 00:10}, otherwise in full. */
final class CellTime {
    private static final Pattern SHORT = Pattern.compile("(?:(\\d{1,2}):)?(\\d{2}):(\\d{2})(?:\\.(\\d{1,9}))?");
    private static final Duration DAY = Duration.ofDays(1);

    private CellTime() {}

    static Optional<Instant> parse(String text) {
        Matcher matcher = SHORT.matcher(text);
        if (!matcher.matches()) {
            return full(text);
        }
        long hours = matcher.group(1) == null ? 0 : Long.parseLong(matcher.group(1));
        long minutes = Long.parseLong(matcher.group(2));
        long seconds = Long.parseLong(matcher.group(3));
        if (hours > 23 || minutes > 59 || seconds > 59) {
            return Optional.empty();
        }
        String fraction = matcher.group(4) == null ? "" : matcher.group(4);
        long nanos = Long.parseLong(fraction + "0".repeat(9 - fraction.length()));
        return Optional.of(Instant.ofEpochSecond(hours * 3600 + minutes * 60 + seconds, nanos));
    }

    private static Optional<Instant> full(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    static String format(Instant time) {
        Duration since = Duration.between(Instant.EPOCH, time);
        if (since.isNegative() || since.compareTo(DAY) >= 0) {
            return time.toString();
        }
        StringBuilder text = new StringBuilder();
        if (since.toHours() > 0) {
            text.append(String.format(java.util.Locale.ROOT, "%02d:", since.toHours()));
        }
        text.append(String.format(java.util.Locale.ROOT, "%02d:%02d", since.toMinutesPart(), since.toSecondsPart()));
        if (since.toNanosPart() != 0) {
            text.append('.')
                    .append(String.format(java.util.Locale.ROOT, "%09d", since.toNanosPart())
                            .replaceAll("0+$", ""));
            // milliseconds are shown in full: 00:00.500
            int digits = text.length() - text.indexOf(".") - 1;
            text.append("0".repeat(Math.max(0, 3 - digits)));
        }
        return text.toString();
    }
}
