package io.varuna.engine.window;

import io.varuna.plan.WindowSpec.Unit;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;

/**
 * Where windows end: at multiples of an interval, counted from the start of the next larger unit of the first row, such as
 * the full minute for seconds. Days end at midnight.
 */
final class Alignment {
    private final Unit unit;
    private final long interval;
    private final ZoneId zone;

    Alignment(Unit unit, long interval, ZoneId zone) {
        this.unit = unit;
        this.interval = interval;
        this.zone = zone;
    }

    /** Returns the first end after a time. */
    long firstEnd(long time) {
        ZonedDateTime base = Instant.ofEpochMilli(time).atZone(zone).truncatedTo(larger());
        long start = base.toInstant().toEpochMilli();
        if (unit == Unit.DD) {
            return days(base);
        }
        return start + ((time - start) / interval + 1) * interval;
    }

    /** Returns the end after an end. */
    long next(long end) {
        return unit == Unit.DD ? days(Instant.ofEpochMilli(end).atZone(zone)) : end + interval;
    }

    /** Returns the last end that is not after a time, going on from an end that is not either. */
    long lastUntil(long end, long time) {
        long last = end;
        if (unit != Unit.DD) {
            return last + (time - last) / interval * interval;
        }
        for (long next = next(last); next <= time; next = next(next)) {
            last = next;
        }
        return last;
    }

    private long days(ZonedDateTime midnight) {
        // by the calendar, for days with 23 or 25 hours
        return midnight.plusDays(interval / Unit.DD.millis()).toInstant().toEpochMilli();
    }

    private ChronoUnit larger() {
        return switch (unit) {
            case MS -> ChronoUnit.SECONDS;
            case SS -> ChronoUnit.MINUTES;
            case MI -> ChronoUnit.HOURS;
            case HH, DD -> ChronoUnit.DAYS;
        };
    }
}
