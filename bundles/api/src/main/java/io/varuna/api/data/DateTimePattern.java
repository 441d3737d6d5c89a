package io.varuna.api.data;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.TextStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A pattern for datetimes in the letters of the rule dialect, such as {@code yyyy-MM-dd HH:mm:ss.SSS}. Immutable.
 *
 * <table>
 *   <caption>Letters</caption>
 *   <tr><td>{@code yyyy yy}<td>year, also {@code YYYY YY}
 *   <tr><td>{@code M MM MMM MMMM}<td>month: 1, 01, Jan, January
 *   <tr><td>{@code d dd}<td>day of the month
 *   <tr><td>{@code EEE EEEE}<td>day of the week: Mon, Monday
 *   <tr><td>{@code HH}<td>hour from 00 to 23
 *   <tr><td>{@code h hh a}<td>hour from 1 to 12, and AM or PM
 *   <tr><td>{@code m mm s ss}<td>minute, second
 *   <tr><td>{@code S...}<td>up to nine digits of a fraction; a dot before it is part of it and may be left out
 *   <tr><td>{@code z}<td>name of the zone
 *   <tr><td>{@code Z X XX XXX}<td>offset: -0800, -08, -0800, -08:00
 *   <tr><td>{@code G}<td>AD
 *   <tr><td>{@code 'text' '' \x}<td>text as it is, a single quote, one character as it is
 * </table>
 */
public final class DateTimePattern {
    private static final ZoneId UTC = ZoneId.of("UTC");
    private static final String KNOWN =
            "It takes: yyyy yy M MM MMM MMMM d dd EEE EEEE HH h hh m mm s ss S (1 to 9) a G z Z X XX XXX 'text'";

    private final String pattern;
    private final DateTimeFormatter formatter;

    private DateTimePattern(String pattern, DateTimeFormatter formatter) {
        this.pattern = pattern;
        this.formatter = formatter;
    }

    /**
     * Returns the pattern.
     *
     * @throws VarunaException INVALID_ARGUMENT if it has a letter, or a number of letters, that is not known
     */
    public static DateTimePattern of(String pattern) {
        return new DateTimePattern(pattern, new Compiler(pattern).compile());
    }

    /**
     * Reads a text in any of the usual formats: ISO 8601 and RFC 3339, with blanks, slashes or dots, {@code M/d/yyyy}, the
     * formats of RFC 822, 850 and 1123, of C and of log files, and times of day, which are taken for today's.
     *
     * @param clock zone of texts that name none, and today's date
     * @return the point in time, in the zone that the text names if it does
     * @throws VarunaException EVALUATION_FAILED if the text is in none of them
     */
    public static ZonedDateTime detect(String text, Clock clock) {
        ZonedDateTime found = DateTimeText.parse(text, clock);
        if (found == null) {
            throw new VarunaException(
                    StandardError.EVALUATION_FAILED,
                    Conversions.describe(text)
                            + " is not a datetime. Write it as '2025-01-31 13:30:00' or as RFC 3339");
        }
        return found;
    }

    /** Returns the point in time as a text. */
    public String format(Instant instant, ZoneId zone) {
        return format(instant.atZone(zone));
    }

    /** Returns the point in time, in its own zone, as a text. */
    public String format(ZonedDateTime dateTime) {
        // the name of the offset would be Z
        boolean utc = dateTime.getZone().equals(ZoneOffset.UTC);
        return formatter.format(utc ? dateTime.withZoneSameInstant(UTC) : dateTime);
    }

    /**
     * Reads a text. What the pattern leaves out is the smallest there is; a year or date that it does not begin with is the
     * clock's.
     *
     * @throws VarunaException EVALUATION_FAILED if the text does not have this pattern
     */
    public ZonedDateTime parse(String text, Clock clock) {
        ZonedDateTime parsed = tryParse(text, clock);
        if (parsed == null) {
            throw new VarunaException(
                    StandardError.EVALUATION_FAILED,
                    Conversions.describe(text) + " does not have the pattern '" + pattern + "'");
        }
        return parsed;
    }

    /** Reads a text, or returns null if it does not have this pattern. */
    public @Nullable ZonedDateTime tryParse(String text, Clock clock) {
        try {
            return complete(formatter.parse(text), clock);
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** Adds what {@code fields} lacks. */
    static ZonedDateTime complete(TemporalAccessor fields, Clock clock) {
        ZoneId named = fields.query(TemporalQueries.zone());
        ZoneId zone = named == null ? clock.getZone() : named;
        ZonedDateTime now = clock.instant().atZone(zone);
        boolean year = fields.isSupported(ChronoField.YEAR);
        boolean month = fields.isSupported(ChronoField.MONTH_OF_YEAR);
        int hour = fields.isSupported(ChronoField.HOUR_OF_DAY)
                ? fields.get(ChronoField.HOUR_OF_DAY)
                : get(fields, ChronoField.HOUR_OF_AMPM, 0);
        return ZonedDateTime.of(
                year ? fields.get(ChronoField.YEAR) : now.getYear(),
                get(fields, ChronoField.MONTH_OF_YEAR, year ? 1 : now.getMonthValue()),
                get(fields, ChronoField.DAY_OF_MONTH, year || month ? 1 : now.getDayOfMonth()),
                hour,
                get(fields, ChronoField.MINUTE_OF_HOUR, 0),
                get(fields, ChronoField.SECOND_OF_MINUTE, 0),
                get(fields, ChronoField.NANO_OF_SECOND, 0),
                zone);
    }

    private static int get(TemporalAccessor fields, ChronoField field, int otherwise) {
        return fields.isSupported(field) ? fields.get(field) : otherwise;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DateTimePattern that && pattern.equals(that.pattern);
    }

    @Override
    public int hashCode() {
        return pattern.hashCode();
    }

    /** Returns the pattern as it was given. */
    @Override
    public String toString() {
        return pattern;
    }

    /** Translates a pattern from left to right. */
    private static final class Compiler {
        private final String pattern;
        private final DateTimeFormatterBuilder builder = new DateTimeFormatterBuilder().parseCaseInsensitive();
        private int at;

        Compiler(String pattern) {
            this.pattern = pattern;
        }

        DateTimeFormatter compile() {
            while (at < pattern.length()) {
                char letter = pattern.charAt(at);
                if (letter == '\'') {
                    quoted();
                } else if (letter == '\\' && at + 1 < pattern.length()) {
                    builder.appendLiteral(pattern.charAt(at + 1));
                    at += 2;
                } else if (letter == '.' && at + 1 < pattern.length() && pattern.charAt(at + 1) == 'S') {
                    at++;
                } else if ("yYMdEHhmsSaGzZX".indexOf(letter) >= 0) {
                    field(letter, run(letter));
                } else {
                    builder.appendLiteral(letter);
                    at++;
                }
            }
            return builder.toFormatter(Locale.ENGLISH);
        }

        private int run(char letter) {
            int start = at;
            while (at < pattern.length() && pattern.charAt(at) == letter) {
                at++;
            }
            return at - start;
        }

        private void quoted() {
            if (pattern.startsWith("''", at)) {
                builder.appendLiteral('\'');
                at += 2;
                return;
            }
            at++;
            while (at < pattern.length() && (pattern.charAt(at) != '\'' || pattern.startsWith("''", at))) {
                // two quotes stand for one
                at += pattern.charAt(at) == '\'' ? 1 : 0;
                builder.appendLiteral(pattern.charAt(at++));
            }
            if (at == pattern.length()) {
                throw problem("A quote is not closed");
            }
            at++;
        }

        private void field(char letter, int count) {
            String letters = String.valueOf(letter).repeat(count);
            switch (letters) {
                case "yyyy", "YYYY" -> builder.appendValue(ChronoField.YEAR, 4);
                case "yy", "YY" -> builder.appendValueReduced(ChronoField.YEAR, 2, 2, 1969);
                case "M" -> builder.appendValue(ChronoField.MONTH_OF_YEAR);
                case "MM" -> builder.appendValue(ChronoField.MONTH_OF_YEAR, 2);
                case "MMM" -> builder.appendText(ChronoField.MONTH_OF_YEAR, TextStyle.SHORT);
                case "MMMM" -> builder.appendText(ChronoField.MONTH_OF_YEAR, TextStyle.FULL);
                case "d" -> builder.appendValue(ChronoField.DAY_OF_MONTH);
                case "dd" -> builder.appendValue(ChronoField.DAY_OF_MONTH, 2);
                case "EEE" -> builder.appendText(ChronoField.DAY_OF_WEEK, TextStyle.SHORT);
                case "EEEE" -> builder.appendText(ChronoField.DAY_OF_WEEK, TextStyle.FULL);
                case "HH" -> builder.appendValue(ChronoField.HOUR_OF_DAY, 2);
                case "h" -> builder.appendValue(ChronoField.CLOCK_HOUR_OF_AMPM);
                case "hh" -> builder.appendValue(ChronoField.CLOCK_HOUR_OF_AMPM, 2);
                case "m" -> builder.appendValue(ChronoField.MINUTE_OF_HOUR);
                case "mm" -> builder.appendValue(ChronoField.MINUTE_OF_HOUR, 2);
                case "s" -> builder.appendValue(ChronoField.SECOND_OF_MINUTE);
                case "ss" -> builder.appendValue(ChronoField.SECOND_OF_MINUTE, 2);
                case "a" -> builder.appendText(ChronoField.AMPM_OF_DAY);
                case "G" -> builder.appendLiteral("AD");
                case "z" -> builder.appendZoneText(TextStyle.SHORT);
                case "Z", "XX" -> builder.appendOffset("+HHMM", "+0000");
                case "X" -> builder.appendOffset("+HH", "+00");
                case "XXX" -> builder.appendOffset("+HH:MM", "+00:00");
                default -> {
                    if (letter != 'S' || count > 9) {
                        throw problem("'" + letters + "' is not known");
                    }
                    builder.appendFraction(ChronoField.NANO_OF_SECOND, count, count, true);
                }
            }
        }

        private VarunaException problem(String what) {
            return new VarunaException(
                    StandardError.INVALID_ARGUMENT, what + " in the datetime pattern '" + pattern + "'. " + KNOWN);
        }
    }
}
