package io.varuna.plugin.memory;

import io.varuna.api.source.PushSource;
import io.varuna.api.source.SourceOutput;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A stream's queue of rows, emptied by one thread at a time. */
final class Subscription implements PushSource, Subscriber {
    private static final Logger LOGGER = LoggerFactory.getLogger(Subscription.class);
    private static final int MOST_AT_ONCE = 256;

    private final Topics topics;
    private final TopicFilter filter;
    private final int capacity;
    private final String stream;
    private final Object lock = new Object();
    private final Queue<Published> queue = new ArrayDeque<>();
    private @Nullable SourceOutput output;
    private @Nullable Thread emitter;
    private boolean scheduled;
    private boolean closed;
    private boolean overfilled;
    /** How often rows were taken out, by which a publisher that waits sees whether anything moves. */
    private long taken;

    Subscription(Topics topics, TopicFilter filter, int capacity, String stream) {
        this.topics = topics;
        this.filter = filter;
        this.capacity = capacity;
        this.stream = stream;
    }

    @Override
    public TopicFilter filter() {
        return filter;
    }

    @Override
    public void start(SourceOutput out) {
        synchronized (lock) {
            output = out;
        }
        topics.subscribe(this);
    }

    @Override
    public void take(List<Published> rows) throws InterruptedException {
        synchronized (lock) {
            for (Published row : rows) {
                awaitRoom();
                if (closed) {
                    return;
                }
                queue.add(row);
                if (!scheduled) {
                    scheduled = true;
                    topics.emitters().execute(this::empty);
                }
            }
        }
    }

    private void awaitRoom() throws InterruptedException {
        long seen = taken;
        long deadline = System.nanoTime() + topics.patience().toNanos();
        while (queue.size() >= capacity && !closed) {
            if (taken != seen) {
                seen = taken;
                deadline = System.nanoTime() + topics.patience().toNanos();
            }
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                warnOnce();
                return;
            }
            lock.wait(left / 1_000_000 + 1);
        }
    }

    private void warnOnce() {
        if (!overfilled) {
            overfilled = true;
            LOGGER.warn(
                    "Stream '{}' takes no rows of '{}' for a while; its queue grows beyond {} rows. Do its rules feed each other in a circle?",
                    stream,
                    filter.text(),
                    capacity);
        }
    }

    /** Emits until the queue is empty. Only one thread is in here at a time. */
    private void empty() {
        List<Published> rows = new ArrayList<>();
        try {
            SourceOutput out = begin();
            while (out != null && next(rows)) {
                for (Published row : rows) {
                    out.emit(row.row(), Map.of("topic", row.topic()), null);
                }
                out.flush();
            }
        } catch (InterruptedException e) {
            // the source is being closed, or all of them are
            Thread.currentThread().interrupt();
        } finally {
            end();
        }
    }

    private @Nullable SourceOutput begin() {
        synchronized (lock) {
            emitter = Thread.currentThread();
            return output;
        }
    }

    private boolean next(List<Published> rows) {
        rows.clear();
        synchronized (lock) {
            while (rows.size() < MOST_AT_ONCE && !queue.isEmpty() && !closed) {
                rows.add(queue.remove());
            }
            taken++;
            lock.notifyAll();
            if (rows.isEmpty()) {
                // from here on, rows that come start another thread
                scheduled = false;
                emitter = null;
                overfilled = false;
            }
            return !rows.isEmpty();
        }
    }

    /** Lets others go on where emission was broken off. */
    private void end() {
        synchronized (lock) {
            if (emitter == Thread.currentThread()) {
                scheduled = false;
                emitter = null;
                lock.notifyAll();
            }
        }
    }

    @Override
    public void close() throws InterruptedException {
        topics.unsubscribe(this);
        synchronized (lock) {
            closed = true;
            queue.clear();
            lock.notifyAll();
            if (emitter != null && emitter != Thread.currentThread()) {
                emitter.interrupt();
            }
            while (emitter != null && emitter != Thread.currentThread()) {
                lock.wait();
            }
        }
    }
}
