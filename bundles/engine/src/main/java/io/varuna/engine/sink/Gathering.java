package io.varuna.engine.sink;

import io.varuna.engine.data.OutputRow;
import io.varuna.engine.data.Results;
import io.varuna.engine.time.Alarm;
import io.varuna.engine.time.EngineTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts rows together as one result: until there are enough, or some time after the first. Thread-safe. */
final class Gathering {
    private final int most;
    private final Duration longest;
    private final EngineTime time;
    private final Runnable expired;
    private final List<OutputRow> rows = new ArrayList<>();
    private @Nullable Alarm alarm;

    /**
     * Creates a gathering.
     *
     * @param most 0 for any number
     * @param longest zero for any time
     * @param expired called when the time is over
     */
    Gathering(int most, Duration longest, EngineTime time, Runnable expired) {
        this.most = most == 0 ? Integer.MAX_VALUE : most;
        this.longest = longest;
        this.time = time;
        this.expired = expired;
    }

    /** Adds rows; returns the results that are complete now. */
    synchronized Results add(Results given) {
        List<List<OutputRow>> complete = new ArrayList<>();
        for (OutputRow row : given.rows()) {
            if (rows.isEmpty() && !longest.isZero()) {
                alarm = time.wake(time.clock().instant().plus(longest), () -> time.deliver(expired));
            }
            rows.add(row);
            if (rows.size() == most) {
                complete.add(take());
            }
        }
        return new Results(complete);
    }

    /** Returns what is there, as one result. */
    synchronized Results flush() {
        return new Results(rows.isEmpty() ? List.of() : List.of(take()));
    }

    private List<OutputRow> take() {
        List<OutputRow> taken = List.copyOf(rows);
        rows.clear();
        if (alarm != null) {
            alarm.cancel();
            alarm = null;
        }
        return taken;
    }
}
