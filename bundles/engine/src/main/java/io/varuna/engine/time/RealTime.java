package io.varuna.engine.time;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The system's clock, one thread for alarms and two pools whose threads come when needed and go when idle. */
public final class RealTime implements EngineTime {
    /** So many tasks may wait for something at the same time before others have to queue. */
    private static final int MOST_THREADS = 256;

    private final Clock clock;
    private final ElasticPool rules = new ElasticPool("varuna-rule-", MOST_THREADS);
    private final ElasticPool sinks = new ElasticPool("varuna-sink-", MOST_THREADS);
    private final ScheduledThreadPoolExecutor alarms;

    public RealTime() {
        this(Clock.systemUTC());
    }

    /** Creates the time with another clock, which must go as fast as the system's. */
    public RealTime(Clock clock) {
        this.clock = clock;
        this.alarms = new ScheduledThreadPoolExecutor(1, new DetachedThreads("varuna-alarm-"));
        this.alarms.setRemoveOnCancelPolicy(true);
    }

    @Override
    public Clock clock() {
        return clock;
    }

    @Override
    public void execute(Runnable task) {
        rules.execute(task);
    }

    @Override
    public void deliver(Runnable task) {
        sinks.execute(task);
    }

    @Override
    public Alarm schedule(Instant due, Runnable task) {
        return wake(due, () -> rules.execute(task));
    }

    @Override
    public Alarm wake(Instant due, Runnable signal) {
        long delay = Math.max(0, Duration.between(clock.instant(), due).toNanos());
        ScheduledFuture<?> future = alarms.schedule(signal, delay, TimeUnit.NANOSECONDS);
        return () -> future.cancel(false);
    }

    @Override
    public Thread start(String name, Runnable reading) {
        Thread thread = DetachedThreads.named(name, reading);
        thread.start();
        return thread;
    }

    @Override
    public boolean waits() {
        return true;
    }

    @Override
    public void settle() {
        // the pools run what was handed in
    }

    @Override
    public void close() {
        alarms.shutdownNow();
        rules.shutdownNow();
        sinks.shutdownNow();
    }
}
