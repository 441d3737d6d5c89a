package io.varuna.engine.sink;

import io.varuna.api.error.ErrorKind;
import io.varuna.api.error.VarunaException;
import io.varuna.api.plugin.ConnectionStatus;
import io.varuna.engine.data.Results;
import io.varuna.engine.metric.StepMetrics;
import io.varuna.engine.plugin.PluginFailure;
import io.varuna.engine.sink.SinkQueue.Item;
import io.varuna.engine.time.Alarm;
import io.varuna.engine.time.Backoff;
import io.varuna.engine.time.EngineTime;
import io.varuna.engine.watch.Busy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Brings results to one sink: through a bounded queue that the engine's threads empty, or at once where the sink never
 * waits. A batch that fails for the time being comes again until it is written; one that fails for good is taken apart and
 * the rows at fault are refused.
 */
public final class SinkRunner {
    private final SinkSlot slot;
    private final SinkOptions options;
    private final boolean discards;
    private final boolean direct;
    private final ResultShape shape;
    private final @Nullable Gathering gathering;
    private final EngineTime time;
    private final StepMetrics metrics;
    private final SinkFailures failures;
    private final SinkWriter writer;
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private final Busy busy = new Busy();
    private final Backoff backoff = new Backoff();
    private final Object lock = new Object();
    private final SinkQueue queue = new SinkQueue();
    private final WakeDelay wakeDelay;
    private int queuedRows;
    private boolean draining;
    private boolean aborted;
    private @Nullable Alarm retry;
    private @Nullable Item current;

    public SinkRunner(
            SinkInstance instance,
            SinkOptions options,
            boolean discards,
            EngineTime time,
            StepMetrics metrics,
            SinkFailures failures) {
        this.slot = new SinkSlot(instance);
        this.options = options;
        this.discards = discards;
        this.direct = !instance.factory().blocking();
        this.shape = new ResultShape(options);
        boolean gathers = options.batchSize() > 0 || !options.linger().isZero();
        this.gathering = gathers ? new Gathering(options.batchSize(), options.linger(), time, this::ungather) : null;
        this.time = time;
        this.metrics = metrics;
        this.failures = failures;
        this.wakeDelay = new WakeDelay(Math.min(SinkQueue.MOST_TOGETHER, options.bufferLength()), time, this::rouse);
        this.writer = new SinkWriter(this, options.sendSingle(), time, metrics, failures);
        metrics.bufferLength(this::queued);
    }

    public StepMetrics metrics() {
        return metrics;
    }

    /** Returns the place of the instance, where another one can be put. */
    public SinkSlot slot() {
        return slot;
    }

    /** Completed when the sink is open for the first time. */
    public CompletableFuture<Void> ready() {
        return ready;
    }

    /** Returns how many rows wait. */
    public int queued() {
        synchronized (lock) {
            return queuedRows;
        }
    }

    /** Tells whether it takes nothing any more. */
    public boolean isAborted() {
        synchronized (lock) {
            return aborted;
        }
    }

    /** Begins to open the sink. */
    public void open() {
        synchronized (lock) {
            draining = true;
        }
        begin();
    }

    private void begin() {
        if (direct) {
            drain();
        } else {
            time.deliver(this::drain);
        }
    }

    /** Tells whether a hand-over would have to wait. */
    public boolean congested() {
        synchronized (lock) {
            return time.waits() && !discards && queuedRows >= options.bufferLength();
        }
    }

    /**
     * Hands results over; waits while too many rows are under way.
     *
     * @param more whether others follow soon, so that these need not be written at once
     */
    public void accept(Results given, boolean more) throws InterruptedException {
        metrics.in(given.size(), time.clock().millis());
        Results results = shape.apply(gathering == null ? given : gathering.add(given));
        if (results.isEmpty()) {
            return;
        }
        if (direct && beginAtOnce(results)) {
            drain();
        } else {
            put(Item.of(results.kept()), more);
        }
    }

    /** Makes results the ones to write now, if nothing else is under way. They are not kept then: they are written at once. */
    private boolean beginAtOnce(Results results) {
        synchronized (lock) {
            if (draining || aborted || current != null || !queue.isEmpty()) {
                return false;
            }
            current = Item.of(results);
            queuedRows += results.size();
            draining = true;
            return true;
        }
    }

    /** Hands over what was gathered, without waiting. */
    private void ungather() {
        Results gathered = gathering == null ? new Results(List.of()) : shape.apply(gathering.flush());
        if (!gathered.isEmpty()) {
            enqueue(Item.of(gathered));
        }
    }

    /** Sends a marker after what was handed over so far. */
    public void mark(Marker marker) {
        ungather();
        enqueue(Item.of(marker));
    }

    private void enqueue(Item item) {
        boolean start;
        synchronized (lock) {
            queue.add(item);
            queuedRows += item.results().size();
            start = !draining;
            draining = true;
        }
        if (start) {
            begin();
        }
    }

    private void put(Item item, boolean more) throws InterruptedException {
        int rows = item.results().size();
        int dropped = 0;
        boolean mayWait = more && !direct && !discards;
        boolean start;
        synchronized (lock) {
            while (!aborted && full(rows)) {
                if (!discards) {
                    startDraining();
                    lock.wait();
                    continue;
                }
                int freed = queue.dropOldest();
                if (freed == 0) {
                    // the rest is being written
                    break;
                }
                queuedRows -= freed;
                dropped += freed;
            }
            if (aborted) {
                throw new InterruptedException("The rule is being stopped");
            }
            queue.add(item);
            queuedRows += rows;
            start = !draining && !(mayWait && wakeDelay.permits(queuedRows, rows));
            draining |= start;
        }
        if (dropped > 0) {
            failures.dropped(this, dropped);
        }
        if (start) {
            begin();
        }
    }

    /** Has written what waits for more. */
    private void rouse() {
        synchronized (lock) {
            wakeDelay.end();
            if (!aborted && !queue.isEmpty()) {
                startDraining();
            }
        }
    }

    /** Under the lock, and only where a thread of the engine drains. */
    private void startDraining() {
        if (!draining) {
            draining = true;
            time.deliver(this::drain);
        }
    }

    private boolean full(int rows) {
        return queuedRows > 0 && queuedRows + rows > options.bufferLength() && (time.waits() || discards);
    }

    /** Writes what is there. At most one thread does at a time. */
    private void drain() {
        for (Item item = next(); item != null; item = next()) {
            if (!process(item)) {
                return;
            }
            done(item);
        }
    }

    private @Nullable Item next() {
        synchronized (lock) {
            if (aborted) {
                draining = false;
                lock.notifyAll();
                return null;
            }
            Item item = current == null ? queue.poll() : queue.together(current);
            if (item == null) {
                if (!slot.isOpen()) {
                    return Item.NOTHING;
                }
                draining = false;
                lock.notifyAll();
                return null;
            }
            current = item;
            return item;
        }
    }

    private void done(Item item) {
        synchronized (lock) {
            current = null;
            queuedRows = Math.max(0, queuedRows - item.results().size());
            lock.notifyAll();
        }
    }

    /** Does what an item asks for; false if it has to be done again later. */
    private boolean process(Item item) {
        busy.begin();
        try {
            return attempt(item);
        } finally {
            busy.end();
        }
    }

    /** Returns who has been writing for longer than {@code budget}, by the system's nano clock. */
    public Optional<Busy.Overrun> overrun(long now, Duration budget) {
        return busy.overrun(now, budget);
    }

    private boolean attempt(Item item) {
        try {
            if (!slot.isOpen()) {
                slot.open();
                ready.complete(null);
            }
        } catch (Exception e) {
            return openFailed(e);
        }
        try {
            long start = System.nanoTime();
            Marker marker = item.marker();
            if (marker != null) {
                slot.reach(marker);
                marker.reached().by(this);
            } else if (!item.results().isEmpty()) {
                writer.write(item.results());
                metrics.processed(item.results().size(), System.nanoTime() - start);
            }
            if (metrics.connection() == ConnectionStatus.DISCONNECTED) {
                metrics.connection(
                        ConnectionStatus.CONNECTED, null, time.clock().millis());
            }
            backoff.reset();
            return true;
        } catch (SinkWriter.TransientFailure e) {
            remain(e.left());
            metrics.connection(
                    ConnectionStatus.DISCONNECTED,
                    e.failure().getMessage(),
                    time.clock().millis());
            return later(e.failure());
        } catch (Exception | Error e) {
            // a marker: what was written is not safe yet, whatever the reason
            return later(PluginFailure.asException(e));
        }
    }

    private boolean openFailed(Exception cause) {
        if (cause instanceof VarunaException failure
                && (failure.code().kind() == ErrorKind.USER || failure.code().kind() == ErrorKind.CONFIGURATION)) {
            metrics.failed(cause, time.clock().millis());
            synchronized (lock) {
                aborted = true;
                draining = false;
                lock.notifyAll();
            }
            failures.unusable(this, cause);
            return false;
        }
        metrics.connection(
                ConnectionStatus.DISCONNECTED, cause.getMessage(), time.clock().millis());
        return later(cause);
    }

    private boolean later(Exception cause) {
        metrics.failed(cause, time.clock().millis());
        synchronized (lock) {
            Item item = current;
            if (item != null) {
                // the batch that it shows will be gone
                current = item.kept();
            }
            if (!aborted) {
                retry = time.wake(time.clock().instant().plus(backoff.next()), this::again);
            } else {
                draining = false;
                lock.notifyAll();
            }
        }
        return false;
    }

    private void again() {
        synchronized (lock) {
            if (retry == null) {
                return;
            }
            retry = null;
        }
        time.deliver(this::drain);
    }

    /** Makes what is left of the batch under way come again. */
    private void remain(Results left) {
        synchronized (lock) {
            Item whole = current;
            if (whole != null && whole.results() != left) {
                queuedRows -= Math.max(0, whole.results().size() - left.size());
                current = Item.of(left);
            }
        }
    }

    /** Waits until everything is written, at most until a time of the system's nano clock; tells whether it is. */
    public boolean awaitDrained(long deadline) throws InterruptedException {
        rouse();
        synchronized (lock) {
            while (draining && time.waits()) {
                long left = (deadline - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    return false;
                }
                lock.wait(left);
            }
            return !draining;
        }
    }

    /** Makes all waiting end. What is not written is not lost if the rule has positions: it comes again. */
    public void abort() {
        synchronized (lock) {
            aborted = true;
            if (retry != null) {
                retry.cancel();
                retry = null;
                draining = false;
            }
            wakeDelay.end();
            lock.notifyAll();
        }
    }

    /** Closes the sink; {@link #abort} was called and nobody writes any more. */
    public void close() {
        slot.close();
    }
}
