package io.varuna.engine.time;

import java.time.Clock;
import java.time.Instant;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The clock and the threads of an engine: all that happens later or elsewhere happens through this. Thread-safe; tasks must
 * not throw.
 */
@ProviderType
public interface EngineTime extends AutoCloseable {
    Clock clock();

    /** Runs work of rules soon: timers, polls, opening. May wait for sinks. */
    void execute(Runnable task);

    /** Runs the delivery to a sink soon. Has threads of its own, so that rules may wait for it. */
    void deliver(Runnable task);

    /** Runs work of rules when the clock reaches an instant; soon if it has passed. */
    Alarm schedule(Instant due, Runnable task);

    /** Calls something that returns at once when the clock reaches an instant, however busy all threads are. */
    Alarm wake(Instant due, Runnable signal);

    /** Starts a thread of its own for a source that reads. */
    Thread start(String name, Runnable reading);

    /** Tells whether a thread may wait for others to make progress. */
    boolean waits();

    /** Runs what was handed in, where there are no threads to do so. Called without locks. */
    void settle();

    /** Ends the threads; what was handed in and has not begun is dropped. */
    @Override
    void close();
}
