package io.varuna.testkit;

import io.varuna.api.source.Position;
import io.varuna.api.source.SourceOutput;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * An output that keeps what it gets. It can be made to wait, as the rules do under load, and notices a source that emits
 * from two threads at once.
 */
public final class RecordingOutput implements SourceOutput {
    /**
     * What was emitted.
     *
     * @param payload the bytes, or null for a record that needs no decoding
     * @param row the record, or null where bytes were emitted
     */
    public record Emitted(
            @Nullable ByteBuffer payload,
            @Nullable Map<String, @Nullable Object> row,
            Map<String, @Nullable Object> metadata,
            @Nullable Position position) {}

    /** A record that could not be read. */
    public record Rejected(Exception cause, @Nullable ByteBuffer raw) {}

    private final List<Emitted> emitted = new ArrayList<>();
    private final List<Rejected> rejected = new ArrayList<>();
    private int flushed;
    private int commitRequests;
    private int capacity = Integer.MAX_VALUE;
    private boolean ended;
    private boolean over;
    private boolean stopped;
    private @Nullable Thread emitting;
    private @Nullable String misuse;

    @Override
    public void emit(ByteBuffer payload, Map<String, @Nullable Object> metadata, @Nullable Position position)
            throws InterruptedException {
        ByteBuffer copy = ByteBuffer.allocate(payload.remaining());
        copy.put(payload.duplicate()).flip();
        add(new Emitted(copy.asReadOnlyBuffer(), null, metadata, position));
    }

    @Override
    public void emit(
            Map<String, @Nullable Object> row, Map<String, @Nullable Object> metadata, @Nullable Position position)
            throws InterruptedException {
        add(new Emitted(null, row, metadata, position));
    }

    private synchronized void add(Emitted record) throws InterruptedException {
        Thread current = Thread.currentThread();
        if (emitting != null && emitting != current) {
            misuse = "'" + current.getName() + "' emits while '" + emitting.getName()
                    + "' does. Emit from one thread at a time";
        }
        if (ended) {
            misuse = "A record is emitted after end()";
        }
        emitting = current;
        try {
            while (emitted.size() >= capacity && !stopped) {
                wait();
            }
            if (stopped) {
                throw new InterruptedException("The source is being stopped");
            }
            emitted.add(record);
            notifyAll();
        } finally {
            emitting = null;
        }
    }

    @Override
    public synchronized void flush() throws InterruptedException {
        flushed = emitted.size();
        notifyAll();
    }

    @Override
    public synchronized void reject(Exception cause, @Nullable ByteBuffer raw) {
        ByteBuffer copy = null;
        if (raw != null) {
            copy = ByteBuffer.allocate(raw.remaining());
            copy.put(raw.duplicate()).flip();
        }
        rejected.add(new Rejected(cause, copy));
        notifyAll();
    }

    @Override
    public synchronized void requestCommit() {
        commitRequests++;
        notifyAll();
    }

    @Override
    public synchronized void end() throws InterruptedException {
        ended = true;
        flushed = emitted.size();
        giveUp();
    }

    /** Lets nobody wait any longer for what cannot come any more. */
    synchronized void giveUp() {
        over = true;
        notifyAll();
    }

    /** Lets {@code emit} wait when there are {@code records} records, until the capacity is raised. */
    public synchronized void limit(int records) {
        capacity = records;
        notifyAll();
    }

    /** Lets every {@code emit} throw from now on, as the engine does when it stops a source. */
    public synchronized void stop() {
        stopped = true;
        notifyAll();
    }

    public synchronized List<Emitted> emitted() {
        return List.copyOf(emitted);
    }

    /** Returns what the rules would have seen by now: the records before the last flush, poll or return. */
    public synchronized List<Emitted> flushed() {
        return List.copyOf(emitted.subList(0, flushed));
    }

    public synchronized List<Rejected> rejected() {
        return List.copyOf(rejected);
    }

    public synchronized int commitRequests() {
        return commitRequests;
    }

    public synchronized boolean hasEnded() {
        return ended;
    }

    /** Returns how the source broke the rules of the interface, or null. */
    public synchronized @Nullable String misuse() {
        return misuse;
    }

    /** Waits until {@code records} records were emitted and flushed. Returns false after {@code timeout}, or when the source is over. */
    public boolean awaitFlushed(int records, Duration timeout) throws InterruptedException {
        return await(() -> flushed >= records, timeout);
    }

    /** Waits until {@code records} records were emitted. Returns false after {@code timeout}, or when the source is over. */
    public boolean awaitEmitted(int records, Duration timeout) throws InterruptedException {
        return await(() -> emitted.size() >= records, timeout);
    }

    /** Waits until {@code records} records were rejected. Returns false after {@code timeout}, or when the source is over. */
    public boolean awaitRejected(int records, Duration timeout) throws InterruptedException {
        return await(() -> rejected.size() >= records, timeout);
    }

    /** Waits for the end of the stream. Returns false after {@code timeout}, or when the source fails. */
    public boolean awaitEnd(Duration timeout) throws InterruptedException {
        return await(() -> ended, timeout);
    }

    private synchronized boolean await(BooleanSupplier condition, Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (!condition.getAsBoolean()) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0 || over) {
                return false;
            }
            wait(left);
        }
        return true;
    }
}
