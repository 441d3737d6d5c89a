package io.varuna.engine.time;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The system's clock, one thread for alarms and two pools whose threads come when needed and go when idle. */
public final class RealTime implements EngineTime {
    private static final int RULE_THREADS = Math.max(8, 2 * Runtime.getRuntime().availableProcessors());
    private static final int SINK_THREADS =
            Math.max(16, 4 * Runtime.getRuntime().availableProcessors());

    private final Clock clock;
    private final ThreadPoolExecutor rules = pool("varuna-rule-", RULE_THREADS);
    private final ThreadPoolExecutor sinks = pool("varuna-sink-", SINK_THREADS);
    private final ScheduledThreadPoolExecutor alarms;

    public RealTime() {
        this(Clock.systemUTC());
    }

    /** Creates the time with another clock, which must go as fast as the system's. */
    public RealTime(Clock clock) {
        this.clock = clock;
        this.alarms = new ScheduledThreadPoolExecutor(1, named("varuna-alarm-"));
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
        long delay = Math.max(0, Duration.between(clock.instant(), due).toNanos());
        ScheduledFuture<?> future = alarms.schedule(() -> rules.execute(task), delay, TimeUnit.NANOSECONDS);
        return () -> future.cancel(false);
    }

    @Override
    public Thread start(String name, Runnable reading) {
        Thread thread = new Thread(reading, name);
        thread.setDaemon(true);
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

    private static ThreadPoolExecutor pool(String name, int threads) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                threads, threads, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), named(name));
        pool.allowCoreThreadTimeOut(true);
        // a task that comes after the end is dropped, as the queued ones are
        pool.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
        return pool;
    }

    private static ThreadFactory named(String prefix) {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, prefix + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
