package io.varuna.engine.time;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** How long to wait before the next attempt: longer each time, up to a limit, and never quite the same. One thread at a time. */
public final class Backoff {
    private static final long FIRST = 100;
    private static final long LONGEST = 30_000;

    private long millis = FIRST;

    /** Returns the time to wait after one more failure. */
    public Duration next() {
        long current = millis;
        millis = Math.min(LONGEST, 2 * millis);
        return Duration.ofMillis(current / 2 + ThreadLocalRandom.current().nextLong(current / 2 + 1));
    }

    /** Begins again after a success. */
    public void reset() {
        millis = FIRST;
    }
}
