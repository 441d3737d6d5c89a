package io.varuna.api.data;

import java.text.ParsePosition;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads datetimes whose format is not known beforehand. */
final class DateTimeText {
    private static final String TIME =
            "(?<hour>\\d{1,2})(?::(?<minute>\\d{1,2})(?::(?<second>\\d{1,2})(?:[.,](?<fraction>\\d{1,9}))?)?)?";
    private static final String ZONE = " ?(?<zone>Z|UTC|GMT|[+-]\\d{2}(?::?\\d{2})?)(?: [A-Z]{3,4})?";

    private static final List<Pattern> NUMERIC = List.of(
            Pattern.compile("(?<year>\\d{4})(?:([-/.])(?<month>\\d{1,2})(?:\\2(?<day>\\d{1,2})(?:[ Tt]" + TIME + "(?:"
                    + ZONE + ")?)?)?)?"),
            Pattern.compile("(?<month>\\d{1,2})/(?<day>\\d{1,2})/(?<year>\\d{4})(?: " + TIME + "(?:" + ZONE + ")?)?"),
            Pattern.compile("(?<year>\\d{4})(?<month>\\d{2})(?<day>\\d{2})"),
            Pattern.compile(
                    "(?<hour>\\d{1,2}):(?<minute>\\d{1,2})(?::(?<second>\\d{1,2})(?:[.,](?<fraction>\\d{1,9}))?)?"),
            Pattern.compile("(?<month>\\d{1,2})-(?<day>\\d{1,2})"));

    private static final List<DateTimeFormatter> NAMED = List.of(
            formatter("EEE MMM d HH:mm:ss yyyy"),
            formatter("EEE MMM d HH:mm:ss xx yyyy"),
            formatter("EEE MMM d HH:mm:ss zzz yyyy"),
            formatter("d MMM yy HH:mm[ xx][ zzz]"),
            formatter("EEEE, dd-MMM-yy HH:mm:ss zzz"),
            formatter("EEE, d MMM yyyy HH:mm:ss[ xx][ zzz]"),
            formatter("MMM d HH:mm:ss[.SSSSSSSSS][.SSSSSS][.SSS]"),
            formatter("MMM d, yyyy[ HH:mm:ss]"),
            formatter("h:mma"));

    private DateTimeText() {}

    static @Nullable ZonedDateTime parse(String text, Clock clock) {
        try {
            return Character.isDigit(text.isEmpty() ? ' ' : text.charAt(0))
                    ? parseNumeric(text, clock)
                    : parseNamed(text, clock);
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static @Nullable ZonedDateTime parseNumeric(String text, Clock clock) {
        for (Pattern pattern : NUMERIC) {
            Matcher matcher = pattern.matcher(text);
            if (matcher.matches()) {
                return new Parts(matcher).dateTime(clock);
            }
        }
        return parseNamed(text, clock);
    }

    private static @Nullable ZonedDateTime parseNamed(String text, Clock clock) {
        // C pads days with a blank
        String single = text.replaceAll(" +", " ");
        for (DateTimeFormatter formatter : NAMED) {
            ParsePosition end = new ParsePosition(0);
            if (formatter.parseUnresolved(single, end) != null && end.getIndex() == single.length()) {
                return DateTimePattern.complete(formatter.parse(single), clock);
            }
        }
        return null;
    }

    private static DateTimeFormatter formatter(String pattern) {
        return new DateTimeFormatterBuilder()
                .parseCaseInsensitive()
                .appendPattern(pattern)
                .toFormatter(Locale.ENGLISH);
    }

    /** The groups of a match. */
    private static final class Parts {
        private final Matcher matcher;
        private final String pattern;

        Parts(Matcher matcher) {
            this.matcher = matcher;
            this.pattern = matcher.pattern().pattern();
        }

        ZonedDateTime dateTime(Clock clock) {
            String zoneName = text("zone");
            ZoneId zone = zoneName == null ? clock.getZone() : zone(zoneName);
            ZonedDateTime now = clock.instant().atZone(zone);
            boolean date = text("month") != null || text("year") != null;
            return ZonedDateTime.of(
                    number("year", now.getYear()),
                    number("month", date ? 1 : now.getMonthValue()),
                    number("day", date ? 1 : now.getDayOfMonth()),
                    number("hour", 0),
                    number("minute", 0),
                    number("second", 0),
                    nanos(),
                    zone);
        }

        private static ZoneId zone(String name) {
            return Character.isLetter(name.charAt(0)) ? ZoneOffset.UTC : ZoneOffset.of(name);
        }

        private int nanos() {
            String fraction = text("fraction");
            return fraction == null ? 0 : Integer.parseInt(fraction + "0".repeat(9 - fraction.length()));
        }

        private int number(String group, int otherwise) {
            String digits = text(group);
            return digits == null ? otherwise : Integer.parseInt(digits);
        }

        private @Nullable String text(String group) {
            return pattern.contains("<" + group + ">") ? matcher.group(group) : null;
        }
    }
}
