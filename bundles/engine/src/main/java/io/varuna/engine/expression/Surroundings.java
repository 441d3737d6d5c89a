package io.varuna.engine.expression;

import io.varuna.api.function.FunctionContext;
import io.varuna.engine.function.FunctionTable;
import io.varuna.plan.Dialect;
import java.time.Clock;
import java.time.ZoneId;

/**
 * What expressions of a rule know beside the row.
 *
 * @param start when the rule was started, in milliseconds since the epoch
 */
public record Surroundings(
        String ruleId, Dialect dialect, long start, Clock clock, ZoneId zone, FunctionTable functions)
        implements FunctionContext {
    /** Returns the clock, with the zone for texts that name none. */
    Clock zonedClock() {
        return clock.withZone(zone);
    }

    /** Tells whether logic has two values only: a comparison with NULL is false. */
    public boolean twoValued() {
        return dialect == Dialect.RULE;
    }
}
