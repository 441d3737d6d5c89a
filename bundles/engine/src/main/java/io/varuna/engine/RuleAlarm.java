package io.varuna.engine;

import io.varuna.engine.time.Alarm;
import io.varuna.engine.time.EngineTime;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The alarm for what the steps of a rule do next by the clock. Under the lock of the rule. */
final class RuleAlarm {
    private final EngineTime time;
    private final Runnable action;
    private @Nullable Alarm alarm;
    private long due = Long.MAX_VALUE;

    RuleAlarm(EngineTime time, Runnable action) {
        this.time = time;
        this.action = action;
    }

    /** Sets the alarm to a time, in milliseconds since the epoch; {@code Long.MAX_VALUE} for never. */
    void set(long at) {
        if (at == due) {
            return;
        }
        cancel();
        due = at;
        if (at != Long.MAX_VALUE) {
            alarm = time.schedule(Instant.ofEpochMilli(at), action);
        }
    }

    /** Notes that it went off. */
    void wentOff() {
        alarm = null;
        due = Long.MAX_VALUE;
    }

    /** Lets it go off again some time from now. */
    void again(Duration later) {
        alarm = time.schedule(time.clock().instant().plus(later), action);
    }

    void cancel() {
        if (alarm != null) {
            alarm.cancel();
            alarm = null;
        }
    }
}
