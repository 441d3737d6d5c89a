package io.varuna.rulekit;

import io.varuna.testkit.golden.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Times on golden pages. The first column of a {@link Timeline} counts from {@link #START}; within JSON, {@code @mm:ss}
 * stands for the milliseconds since the epoch at that time.
 */
final class TimeNotation {
    /** Where the clock of every page stands at first. */
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private static final Duration LONGEST = Duration.ofHours(100);
    private static final Pattern TIME = Pattern.compile("(?:(\\d+):)?(\\d+):(\\d{2})(?:\\.(\\d{1,3}))?");
    private static final Pattern MARKED = Pattern.compile("@(" + TIME.pattern() + ")");
    private static final Pattern MILLIS = Pattern.compile("(?<![\\w.\"])(1767\\d{9})(?![\\w.\"])");

    private TimeNotation() {}

    /** Reads {@code mm:ss}, {@code hh:mm:ss}, either with a fraction of a second. */
    static Instant parse(String text) {
        Matcher matcher = TIME.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + text + "' is not a time such as 01:30 or 01:30.500");
        }
        String hours = matcher.group(1);
        String fraction = matcher.group(4);
        return START.plusSeconds(
                        (hours == null ? 0 : Long.parseLong(hours) * 3600)
                                + Long.parseLong(matcher.group(2)) * 60
                                + Long.parseLong(matcher.group(3)))
                .plusMillis(fraction == null ? 0 : Long.parseLong((fraction + "00").substring(0, 3)));
    }

    /** Replaces marked times by milliseconds. */
    static String expand(String text) {
        return MARKED.matcher(text).replaceAll(match -> String.valueOf(parse(match.group(1)).toEpochMilli()));
    }

    /** Replaces milliseconds not long after the start by marked times. */
    static String abbreviate(String text) {
        return MILLIS.matcher(text).replaceAll(match -> marked(Long.parseLong(match.group(1))));
    }

    private static String marked(long millis) {
        Duration since = Duration.between(START, Instant.ofEpochMilli(millis));
        if (since.isNegative() || since.compareTo(LONGEST) > 0) {
            return String.valueOf(millis);
        }
        String time = since.toHours() > 0
                ? String.format(Locale.ROOT, "%02d:%02d:%02d", since.toHours(), since.toMinutesPart(), since.toSecondsPart())
                : String.format(Locale.ROOT, "%02d:%02d", since.toMinutesPart(), since.toSecondsPart());
        return "@" + time
                + (since.toMillisPart() == 0 ? "" : String.format(Locale.ROOT, ".%03d", since.toMillisPart()));
    }
}
