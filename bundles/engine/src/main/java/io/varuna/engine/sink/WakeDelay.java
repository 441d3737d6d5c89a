package io.varuna.engine.sink;

import io.varuna.engine.time.Alarm;
import io.varuna.engine.time.EngineTime;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Lets a few rows wait for others that follow soon, for a short time: waking a thread costs as much as writing some hundred
 * rows. Under the lock of its owner.
 */
final class WakeDelay {
    private static final Duration LONGEST = Duration.ofMillis(5);

    private final int mostRows;
    private final EngineTime time;
    private final Runnable over;
    private @Nullable Alarm alarm;

    /**
     * Creates it.
     *
     * @param over called without the lock when the time is over
     */
    WakeDelay(int mostRows, EngineTime time, Runnable over) {
        this.mostRows = mostRows;
        this.time = time;
        this.over = over;
    }

    /** Tells whether so many rows may wait for about as many as came last; begins the time if it has not begun. */
    boolean permits(int waiting, int last) {
        if (!time.waits() || waiting + last > mostRows) {
            return false;
        }
        if (alarm == null) {
            alarm = time.wake(time.clock().instant().plus(LONGEST), over);
        }
        return true;
    }

    /** Ends the time, if it has begun. */
    void end() {
        if (alarm != null) {
            alarm.cancel();
            alarm = null;
        }
    }
}
