package io.varuna.engine.expression;

import io.varuna.api.data.Conversions;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Adds milliseconds to a time: a datetime, or a number that is milliseconds since the epoch itself. */
final class LaterTime extends Evaluator {
    private final Evaluator time;
    private final Evaluator millis;
    private final Clock clock;

    /** Creates the evaluator; the zone of the clock is that of texts without one. */
    LaterTime(Evaluator time, Evaluator millis, Clock clock) {
        this.time = time;
        this.millis = millis;
        this.clock = clock;
    }

    @Override
    public @Nullable Object value(@Nullable Object[] row, long rowTime) throws Exception {
        Object start = time.value(row, rowTime);
        Object added = millis.value(row, rowTime);
        if (start == null || !(added instanceof Long length)) {
            return null;
        }
        try {
            if (start instanceof Long number) {
                return Math.addExact(number, length);
            }
            if (start instanceof Double number) {
                return number + length;
            }
            Instant instant = start instanceof Instant found
                    ? found
                    : Conversions.toDateTime(start, clock, null).toInstant();
            return instant.plusMillis(length);
        } catch (ArithmeticException | DateTimeException e) {
            throw failure(
                    "The time that is " + length + " ms after " + Conversions.describe(start) + " is out of range");
        }
    }
}
