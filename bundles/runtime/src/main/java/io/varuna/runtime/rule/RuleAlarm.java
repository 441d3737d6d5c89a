package io.varuna.runtime.rule;

import io.varuna.engine.time.Alarm;
import io.varuna.engine.time.EngineTime;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The next thing that a rule has to do by itself. Used by the commands of the rule only, and one of them when it goes off. */
final class RuleAlarm {
    private final EngineTime time;
    private final SerialQueue queue;
    private @Nullable Alarm alarm;
    /** Tells an alarm that was cancelled too late that it no longer counts. */
    private int number;

    RuleAlarm(EngineTime time, SerialQueue queue) {
        this.time = time;
        this.queue = queue;
    }

    /** Sets what is to be done next, in the place of what was. */
    void set(Instant due, Runnable action) {
        cancel();
        int own = number;
        alarm = time.schedule(
                due,
                () -> queue.execute(() -> {
                    if (own == number) {
                        action.run();
                    }
                }));
    }

    void cancel() {
        number++;
        if (alarm != null) {
            alarm.cancel();
            alarm = null;
        }
    }
}
