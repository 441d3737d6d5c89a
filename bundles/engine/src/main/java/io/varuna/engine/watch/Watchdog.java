package io.varuna.engine.watch;

import io.varuna.engine.time.Alarm;
import io.varuna.engine.time.EngineTime;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Looks at all rules once in a while, whether a plugin keeps one of them. One alarm for the whole engine. Thread-safe. */
public final class Watchdog implements AutoCloseable {
    private static final Duration INTERVAL = Duration.ofMillis(500);

    private final EngineTime time;
    private final Iterable<? extends Watched> rules;
    private @Nullable Alarm alarm;
    private boolean closed;

    /** Something that may be kept by a plugin. */
    @FunctionalInterface
    public interface Watched {
        /**
         * Looks whether it is.
         *
         * @param now the system's nano clock
         */
        void look(long now);
    }

    /** Creates a watchdog over what {@code rules} has at any time. */
    public Watchdog(EngineTime time, Iterable<? extends Watched> rules) {
        this.time = time;
        this.rules = rules;
    }

    /** Begins to look; does nothing where nothing can hang because there is only one thread. */
    public synchronized void start() {
        if (time.waits() && !closed) {
            alarm = time.wake(time.clock().instant().plus(INTERVAL), this::look);
        }
    }

    private void look() {
        long now = System.nanoTime();
        rules.forEach(rule -> rule.look(now));
        start();
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (alarm != null) {
            alarm.cancel();
        }
    }
}
