package io.varuna.plugin.mqtt;

import io.netty.channel.EventLoop;
import java.util.ArrayDeque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the messages of one subscription wait for the rules, so that the event loop never does. One worker at a time
 * empties it, in order. When it is full, its client stops reading from the broker.
 */
final class Inbox {
    private static final Logger LOG = LoggerFactory.getLogger(Inbox.class);

    private static final int FULL_MESSAGES = 2048;
    private static final int FULL_BYTES = 1 << 20;

    /** Time for the rules to finish a batch when the source closes, before they are interrupted. */
    private static final long PATIENCE_MILLIS = 5_000;

    private static final long RETRY_MILLIS = 10;

    /** Where the messages go to. Called by one worker at a time. */
    interface Reader {
        void read(Parcel parcel) throws InterruptedException;

        /** There is nothing more at hand. */
        void pause() throws InterruptedException;
    }

    /** Who stops and goes on bringing messages. Called on the event loop. */
    interface Supplier {
        void inboxFull();

        void inboxDrained();
    }

    private final EventLoop loop;
    private final ExecutorService workers;
    private final Reader reader;
    private final Supplier supplier;

    private final ArrayDeque<Parcel> queue = new ArrayDeque<>();
    private int messages;
    private long bytes;
    private boolean full;
    private boolean working;
    private boolean closed;
    private @Nullable Thread worker;

    Inbox(EventLoop loop, ExecutorService workers, Reader reader, Supplier supplier) {
        this.loop = loop;
        this.workers = workers;
        this.reader = reader;
        this.supplier = supplier;
    }

    /** Takes over messages. Called on the event loop. */
    void add(Parcel parcel) {
        boolean fills;
        boolean starts;
        synchronized (this) {
            if (closed) {
                return;
            }
            queue.add(parcel);
            messages += parcel.size();
            bytes += parcel.payloadLength();
            fills = !full && (messages >= FULL_MESSAGES || bytes >= FULL_BYTES);
            full |= fills;
            starts = !working;
            working = true;
        }
        if (fills) {
            supplier.inboxFull();
        }
        if (starts) {
            start();
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the timer of the event loop
    private void start() {
        try {
            workers.execute(this::work);
        } catch (RejectedExecutionException e) {
            // all workers are busy with slow rules; one of them will be free
            loop.schedule(this::start, RETRY_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void work() {
        synchronized (this) {
            worker = Thread.currentThread();
        }
        boolean finished = false;
        try {
            for (Parcel next = take(); next != null; next = take()) {
                reader.read(next);
            }
            finished = true;
        } catch (InterruptedException e) {
            LOG.debug("The rules take no more, because the source is about to close");
            discard();
        } finally {
            if (!finished) {
                finish();
            }
        }
    }

    /** Takes the next messages; when there are none, lets the rules have what they got, and looks once more. */
    private @Nullable Parcel take() throws InterruptedException {
        Parcel next = poll();
        if (next != null) {
            return next;
        }
        if (!isClosed()) {
            reader.pause();
        }
        synchronized (this) {
            next = poll();
            if (next == null) {
                // in the same breath as the look, so that add starts a new worker from here on
                finish();
            }
            return next;
        }
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    private synchronized void finish() {
        worker = null;
        working = false;
        // whoever interrupts holds the lock, so the flag cannot be set after this
        Thread.interrupted();
        notifyAll();
    }

    private synchronized @Nullable Parcel poll() {
        Parcel next = queue.poll();
        if (next != null) {
            messages -= next.size();
            bytes -= next.payloadLength();
        }
        if (full && messages <= FULL_MESSAGES / 2 && bytes <= FULL_BYTES / 2) {
            full = false;
            loop.execute(supplier::inboxDrained);
        }
        return next;
    }

    /** Drops what has not been read; returns when the worker is done. */
    void close() throws InterruptedException {
        synchronized (this) {
            discard();
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
            while (worker != null && worker != Thread.currentThread()) {
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (left <= 0) {
                    worker.interrupt();
                    left = 100;
                }
                wait(left);
            }
        }
    }

    private synchronized void discard() {
        closed = true;
        queue.clear();
        messages = 0;
        bytes = 0;
        if (full) {
            full = false;
            loop.execute(supplier::inboxDrained);
        }
    }
}
