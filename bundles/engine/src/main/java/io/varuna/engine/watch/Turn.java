package io.varuna.engine.watch;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Whose turn it is with an instance of a plugin, which serves one thread at a time and may keep it. So nobody else waits for
 * longer than a while, and what is to be closed is closed by the one whom it has kept, as soon as that comes back. Thread-safe.
 */
public final class Turn {
    /** How long what is under way may keep an exchange. */
    public static final Duration LIMIT = Duration.ofSeconds(10);

    private static final Duration CLOSING_LIMIT = Duration.ofSeconds(2);

    private final ReentrantLock lock = new ReentrantLock();
    private final AtomicReference<@Nullable Runnable> closing = new AtomicReference<>();

    /** Takes the turn for work on the instance. */
    public void take() {
        lock.lock();
    }

    /**
     * Takes the turn to exchange the instance.
     *
     * @throws VarunaException with PLUGIN_HANGS if it does not become free
     */
    public void takeInTime() {
        if (!isFreeWithin(LIMIT)) {
            throw kept();
        }
    }

    /** Takes the turn in time for something, and leaves it. */
    public void exchange(Runnable work) {
        takeInTime();
        try {
            work.run();
        } finally {
            leave();
        }
    }

    /** Says why an exchange cannot be. */
    public static VarunaException kept() {
        return new VarunaException(
                StandardError.PLUGIN_HANGS,
                "the version that is there has been at a batch for " + LIMIT.toSeconds() + " s");
    }

    private boolean isFreeWithin(Duration limit) {
        try {
            return lock.tryLock(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Ends the turn; closes the instance if it was to be closed meanwhile. */
    public void leave() {
        lock.unlock();
        if (closing.get() != null && lock.tryLock()) {
            close();
        }
    }

    /** Closes the instance, now or when the one comes back whose turn it is. */
    public void close(Runnable work) {
        closing.set(work);
        if (isFreeWithin(CLOSING_LIMIT)) {
            close();
        }
    }

    private void close() {
        try {
            Runnable work = closing.getAndSet(null);
            if (work != null) {
                work.run();
            }
        } finally {
            lock.unlock();
        }
    }
}
