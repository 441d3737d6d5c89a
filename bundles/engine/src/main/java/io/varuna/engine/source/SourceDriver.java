package io.varuna.engine.source;

import io.varuna.api.plugin.ConnectionStatus;
import io.varuna.api.source.PollingSource;
import io.varuna.api.source.PushSource;
import io.varuna.api.source.ReadingSource;
import io.varuna.api.source.Source;
import io.varuna.engine.metric.StepMetrics;
import io.varuna.engine.plugin.PluginFailure;
import io.varuna.engine.time.Alarm;
import io.varuna.engine.time.EngineTime;
import io.varuna.engine.watch.Busy;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs one instance of a source, whichever of the three kinds it is. */
final class SourceDriver {
    private static final Logger LOGGER = LoggerFactory.getLogger(SourceDriver.class);
    private static final long PATIENCE = 5_000;
    private static final Duration CONGESTION = Duration.ofMillis(50);
    /** After so many polls in succession others may have the thread. */
    private static final int MOST_POLLS = 64;

    private final Source source;
    private final BatchCollector collector;
    private final EngineTime time;
    private final StepMetrics metrics;
    private final Busy work;
    private final Events events;
    private final ReentrantLock polling = new ReentrantLock();
    private volatile boolean stopping;
    private volatile @Nullable Thread working;
    private volatile @Nullable Alarm alarm;
    private @Nullable Thread reader;

    /** Told how it ends. */
    interface Events {
        void ended();

        void broken(Throwable cause);

        /** A poll failed; the next one follows. */
        void pollFailed(Exception cause);
    }

    SourceDriver(
            Source source, BatchCollector collector, EngineTime time, StepMetrics metrics, Busy work, Events events) {
        this.source = source;
        this.collector = collector;
        this.time = time;
        this.metrics = metrics;
        this.work = work;
        this.events = events;
    }

    void start(String stream) throws Exception {
        if (source instanceof PushSource push) {
            push.start(collector);
        } else if (source instanceof PollingSource poller) {
            Instant now = time.clock().instant();
            time.execute(() -> poll(poller, now));
        } else if (source instanceof ReadingSource reading) {
            Thread thread = time.start("varuna-source-" + stream, () -> read(reading));
            synchronized (this) {
                reader = thread;
            }
        } else {
            throw new IllegalArgumentException(
                    source.getClass().getName() + " is none of PushSource, PollingSource and ReadingSource");
        }
    }

    private void read(ReadingSource reading) {
        try {
            reading.run(collector);
            collector.flush();
            if (!stopping) {
                // whoever is told may close this source, which waits for this thread unless it is gone
                time.execute(events::ended);
                time.settle();
            }
        } catch (Exception | Error e) {
            // also when it says that it was interrupted, which nobody else has done
            if (!stopping) {
                time.execute(() -> events.broken(e));
                time.settle();
            }
        }
    }

    private void poll(PollingSource poller, Instant trigger) {
        Instant due = trigger;
        for (int polls = 0; polls == 0 || (polls < MOST_POLLS && isDue(due)); polls++) {
            if (collector.congested()) {
                // the thread would only wait; the poll is due all the same
                pollAt(time.clock().instant().plus(CONGESTION), poller, due);
                return;
            }
            Instant next = pollOnce(poller, due);
            if (next == null) {
                return;
            }
            due = next;
        }
        pollAt(due, poller, due);
    }

    private void pollAt(Instant when, PollingSource poller, Instant trigger) {
        alarm = time.schedule(when, () -> poll(poller, trigger));
    }

    /** Tells whether the thread of one poll may go on with the next: waking another one costs more than a poll may. */
    private boolean isDue(Instant next) {
        return time.waits()
                && !polling.hasQueuedThreads()
                && !next.isAfter(time.clock().instant());
    }

    /** Polls, and returns when the next poll is due; null if there is none. */
    private @Nullable Instant pollOnce(PollingSource poller, Instant trigger) {
        boolean more;
        polling.lock();
        try {
            if (stopping) {
                return null;
            }
            working = Thread.currentThread();
            more = pollNow(poller, trigger);
        } catch (InterruptedException e) {
            LOGGER.debug("A source was interrupted while it was polled", e);
            return null;
        } finally {
            working = null;
            polling.unlock();
        }
        if (!more) {
            events.ended();
            return null;
        }
        Instant now = time.clock().instant();
        Instant next = trigger.plus(poller.interval());
        return next.isBefore(now) ? now : next;
    }

    private boolean pollNow(PollingSource poller, Instant trigger) throws InterruptedException {
        work.begin();
        try {
            boolean more = poller.poll(trigger, collector);
            collector.flush();
            if (metrics.connection() == ConnectionStatus.DISCONNECTED) {
                metrics.connection(
                        ConnectionStatus.CONNECTED, null, time.clock().millis());
            }
            return more;
        } catch (Exception | Error e) {
            if (stopping && e instanceof InterruptedException interrupted) {
                throw interrupted;
            }
            // the next poll may succeed
            Exception cause = PluginFailure.asException(e);
            long now = time.clock().millis();
            metrics.failed(cause, now);
            metrics.connection(ConnectionStatus.DISCONNECTED, cause.getMessage(), now);
            events.pollFailed(cause);
            return true;
        } finally {
            work.end();
        }
    }

    /**
     * Keeps the source from emitting until {@link #resume}, which the same thread must call. A poll is waited for.
     *
     * @return false if it could not be kept from it in time
     */
    boolean pause(Duration patience) throws InterruptedException {
        if (!polling.tryLock(patience.toNanos(), TimeUnit.NANOSECONDS)) {
            return false;
        }
        try {
            if (collector.pause(patience)) {
                return true;
            }
        } catch (InterruptedException | RuntimeException e) {
            polling.unlock();
            throw e;
        }
        polling.unlock();
        return false;
    }

    void resume() {
        collector.resume();
        polling.unlock();
    }

    /** Ends the source in favour of a successor, which reads again what has a position. Calls {@link #resume}. */
    void giveWay() {
        stopping = true;
        collector.retire();
        resume();
        close();
        try {
            collector.flush();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    BatchCollector collector() {
        return collector;
    }

    /** Lets nothing through any more; returns what of a batch under way has not come through. */
    Optional<LeftBatch> abandon() {
        stopping = true;
        return collector.abandon();
    }

    /** Ends the source. When it returns, nothing is emitted any more, unless the source ignores being interrupted. */
    void close() {
        stopping = true;
        if (!collector.isRetired()) {
            collector.stop();
        }
        Alarm next = alarm;
        if (next != null) {
            next.cancel();
        }
        Thread poller = working;
        if (poller != null && poller != Thread.currentThread()) {
            poller.interrupt();
        }
        Thread thread;
        synchronized (this) {
            thread = reader;
        }
        if (thread != null && thread != Thread.currentThread()) {
            thread.interrupt();
        }
        try {
            source.close();
        } catch (Exception | Error e) {
            LOGGER.warn("A source could not be closed cleanly", e);
        }
        if (thread != null && thread != Thread.currentThread()) {
            join(thread);
        }
        collector.stop();
    }

    private static void join(Thread thread) {
        try {
            thread.join(PATIENCE);
            if (thread.isAlive()) {
                LOGGER.warn("Thread '{}' does not end although its source was closed", thread.getName());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
