package io.varuna.runtime.rule;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.engine.rule.RuleOptions;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** When a rule runs: from each time of a cron expression for a duration, within spans of dates, or always. Immutable. */
final class RuleSchedule {
    private static final DateTimeFormatter DATE_TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
    private static final CronParser CRON = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));
    /** How many times of a cron expression are looked at to find one that is in a span. */
    private static final int MOST_TIMES = 10_000;

    private final @Nullable ExecutionTime times;
    private final Duration duration;
    private final List<Span> ranges;
    private final ZoneId zone;

    /** A time to run in; the end is not included. */
    record Span(Instant start, Instant end) {
        boolean contains(Instant instant) {
            return !instant.isBefore(start) && instant.isBefore(end);
        }
    }

    private RuleSchedule(@Nullable ExecutionTime times, Duration duration, List<Span> ranges, ZoneId zone) {
        this.times = times;
        this.duration = duration;
        this.ranges = ranges;
        this.zone = zone;
    }

    /** Reads the options of a rule; fails where they make no sense. */
    static RuleSchedule of(RuleOptions.Schedule options, ZoneId zone) {
        List<Span> ranges = options.ranges().stream()
                .map(range -> span(range, zone))
                .sorted(Comparator.comparing(Span::start))
                .toList();
        if (options.cron().isEmpty()) {
            return new RuleSchedule(null, options.duration(), ranges, zone);
        }
        if (options.duration().isZero()) {
            throw invalid("Option 'cron' says when the rule starts; 'duration' must say for how long it runs, such as"
                    + " \"30m\"");
        }
        try {
            ExecutionTime times = ExecutionTime.forCron(CRON.parse(options.cron()));
            return new RuleSchedule(times, options.duration(), ranges, zone);
        } catch (IllegalArgumentException e) {
            throw invalid("Option 'cron' is not understood: " + e.getMessage()
                    + ". It has five fields: minute, hour, day of month, month, day of week, such as \"0 8 * * 1-5\"");
        }
    }

    /** Tells whether the rule may run at any time, be it once for a duration. */
    boolean always() {
        return times == null && ranges.isEmpty();
    }

    /** Returns for how long the rule runs after a start; empty if for ever, or if the schedule says it by itself. */
    Optional<Duration> once() {
        return always() && !duration.isZero() ? Optional.of(duration) : Optional.empty();
    }

    /** Returns the span that contains {@code now}, or else the next one. */
    Optional<Span> next(Instant now) {
        ExecutionTime cron = times;
        if (cron == null) {
            return ranges.stream().filter(range -> range.end().isAfter(now)).findFirst();
        }
        ZonedDateTime from = now.atZone(zone);
        Stream<ZonedDateTime> last = cron.lastExecution(from.plusSeconds(1)).stream();
        Stream<ZonedDateTime> following = Stream.iterate(
                        cron.nextExecution(from), Optional::isPresent, time -> time.flatMap(cron::nextExecution))
                .flatMap(Optional::stream)
                .limit(MOST_TIMES);
        return Stream.concat(last, following)
                .map(ZonedDateTime::toInstant)
                .map(start -> new Span(start, start.plus(duration)))
                .filter(span -> span.end().isAfter(now))
                .filter(span -> ranges.isEmpty() || ranges.stream().anyMatch(range -> range.contains(span.start())))
                .findFirst();
    }

    private static Span span(Map<String, ?> range, ZoneId zone) {
        Span span =
                new Span(instant(range, "begin", "beginTimestamp", zone), instant(range, "end", "endTimestamp", zone));
        if (!span.end().isAfter(span.start())) {
            throw invalid("A range of 'cronDatetimeRange' ends before it begins: " + range);
        }
        return span;
    }

    private static Instant instant(Map<String, ?> range, String text, String timestamp, ZoneId zone) {
        if (range.get(timestamp) instanceof Number millis && millis.longValue() != 0) {
            return Instant.ofEpochMilli(millis.longValue());
        }
        Object value = range.get(text);
        if (value instanceof String written) {
            try {
                return LocalDateTime.parse(written, DATE_TIME).atZone(zone).toInstant();
            } catch (DateTimeParseException e) {
                throw new VarunaException(
                        StandardError.INVALID_RULE,
                        "'" + written + "' in 'cronDatetimeRange' is not a time of the form 2026-01-31 08:00:00",
                        e);
            }
        }
        throw invalid("A range of 'cronDatetimeRange' needs '" + text + "', of the form 2026-01-31 08:00:00, or '"
                + timestamp + "' in milliseconds");
    }

    private static VarunaException invalid(String message) {
        return new VarunaException(StandardError.INVALID_RULE, message);
    }
}
