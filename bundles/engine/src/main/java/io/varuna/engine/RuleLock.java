package io.varuna.engine;

import io.varuna.engine.watch.Turn;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** Lets one batch at a time through the steps of a rule, as long as the rule runs. */
final class RuleLock {
    private final ReentrantLock lock = new ReentrantLock();
    private volatile boolean over;

    void lock() {
        lock.lock();
    }

    void unlock() {
        lock.unlock();
    }

    /** Tells whether the rule runs no more. From any thread. */
    boolean isOver() {
        return over;
    }

    /**
     * Lets no batch begin any more, and waits for the one that is under way; false if it does not end in time.
     *
     * @param last what is done when it has ended
     */
    boolean close(Duration patience, Runnable last) {
        boolean entered = enter(patience);
        over = true;
        if (entered) {
            try {
                last.run();
            } finally {
                lock.unlock();
            }
        }
        return entered;
    }

    /** Does something while no batch is under way. */
    <T> T locked(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Does the same for an exchange, which does not wait for long.
     *
     * @throws io.varuna.api.error.VarunaException with PLUGIN_HANGS if a batch does not end
     */
    <T> T lockedInTime(Supplier<T> action) {
        if (!enter(Turn.LIMIT)) {
            throw Turn.kept();
        }
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }

    private boolean enter(Duration patience) {
        try {
            return lock.tryLock(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
