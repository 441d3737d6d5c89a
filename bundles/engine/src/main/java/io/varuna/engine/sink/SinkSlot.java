package io.varuna.engine.sink;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.api.sink.RejectedRowsException;
import io.varuna.api.sink.SinkFactory;
import io.varuna.engine.data.Results;
import io.varuna.engine.plugin.Resolver.Resolved;
import io.varuna.engine.watch.Busy;
import io.varuna.engine.watch.Successors;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The place of the instance that a sink's results go to. Another instance, or another codec, can take it between two
 * batches; as long as the former one is kept, it gets back the first batch that the new one fails to write, or does not come
 * back from. Thread-safe.
 */
public final class SinkSlot {
    /** How long a batch that is under way may keep an exchange. */
    private static final Duration BATCH_LIMIT = Duration.ofSeconds(10);

    /** So much of what a new instance does first is done on a thread that can be given up; more would cost too much. */
    private static final int WATCHED = 3;

    private final ReentrantLock turn = new ReentrantLock();
    private final Busy trial = new Busy();
    private volatile SinkInstance instance;
    private @Nullable Former former;
    private volatile @Nullable String trouble;
    private int done;

    /**
     * How to return to what was before, and how to do without it.
     *
     * @param giveUp returns to it from one that does not come back
     * @param late to be done when that has come back after all
     * @param attempts has something done by one that may not come back
     */
    private record Former(Runnable restore, Runnable dispose, Runnable giveUp, Runnable late, Successors attempts) {}

    /** The instance that was on trial did not come back from a batch; the one in its place is to have it. */
    static final class GivenUpException extends Exception {
        private static final long serialVersionUID = 1L;

        GivenUpException(VarunaException cause) {
            super(cause.getMessage(), cause);
        }
    }

    SinkSlot(SinkInstance instance) {
        this.instance = instance;
    }

    SinkFactory<?> factory() {
        return instance.factory();
    }

    boolean isOpen() {
        return instance.isOpen();
    }

    void open() throws Exception {
        turn.lock();
        try {
            if (!instance.isOpen()) {
                instance.open();
            }
        } finally {
            turn.unlock();
        }
    }

    void write(Results results) throws Exception {
        turn.lock();
        try {
            Former before = former;
            if (before == null) {
                instance.write(results);
                return;
            }
            try {
                // a thread that is given up must not read what others have put there since
                Results kept = results.kept();
                SinkInstance tried = instance;
                attempt(before, () -> tried.write(kept));
            } catch (RejectedRowsException | GivenUpException e) {
                throw e;
            } catch (Exception e) {
                trouble = "does not write: " + e.getMessage();
                restore();
                instance.write(results);
            }
        } finally {
            turn.unlock();
        }
    }

    void reach(Marker marker) throws Exception {
        turn.lock();
        try {
            Former before = former;
            SinkInstance reaching = instance;
            if (before == null) {
                reaching.reach(marker);
            } else {
                attempt(before, () -> reaching.reach(marker));
            }
        } finally {
            turn.unlock();
        }
    }

    /** Has the instance that is on trial do something; returns to what was before if it does not come back. */
    private void attempt(Former before, Successors.Attempt work) throws Exception {
        trial.begin();
        try {
            if (done < WATCHED) {
                before.attempts.attempt("did not come back from a batch", work, before.late);
                done++;
            } else {
                work.run();
            }
        } catch (VarunaException e) {
            if (e.code() != StandardError.PLUGIN_HANGS) {
                throw e;
            }
            trouble = String.valueOf(e.getMessage());
            former = null;
            before.giveUp.run();
            throw new GivenUpException(e);
        } finally {
            trial.end();
        }
    }

    /** Tells whether the instance that is on trial is at a batch that began more than {@code since} ago. */
    public boolean tries(Duration since) {
        return trial.overrun(System.nanoTime(), since).isPresent();
    }

    /** Returns the plugins that are used at the moment. */
    public Resolved<SinkFactory<?>> resolved() {
        return instance.resolved();
    }

    /**
     * Opens another instance and lets it go on.
     *
     * @return for how long nothing could be written, in nanoseconds
     * @throws Exception if it cannot be opened, or the former one cannot make safe what it wrote; nothing has changed then
     */
    public long move(SinkInstance next, Successors successors) throws Exception {
        successors.open(
                () -> {
                    next.open();
                    return next;
                },
                SinkInstance::close);
        long start = System.nanoTime();
        if (!turn.tryLock(BATCH_LIMIT.toNanos(), TimeUnit.NANOSECONDS)) {
            next.close();
            throw new VarunaException(
                    StandardError.PLUGIN_HANGS,
                    "the version that is there has been at a batch for " + BATCH_LIMIT.toSeconds() + " s");
        }
        try {
            SinkInstance old = instance;
            try {
                successors.attempt("did not make safe what it had written", old::finish, () -> {});
            } catch (Exception e) {
                next.close();
                throw e;
            }
            instance = next;
            begin(new Former(
                    () -> {
                        instance = old;
                        next.close();
                    },
                    old::close,
                    () -> instance = old,
                    next::close,
                    successors));
            return System.nanoTime() - start;
        } finally {
            turn.unlock();
        }
    }

    /** Lets another codec go on; throws if it makes no encoder, and nothing has changed then. */
    public void encodeBy(Resolved<SinkFactory<?>> other, Successors successors) throws Exception {
        SinkInstance encoded = instance;
        SinkBatch.Encoding encoding = successors.open(() -> encoded.encoding(other), late -> {});
        turn.lock();
        try {
            SinkInstance.Encoded old = encoded.encodeBy(new SinkInstance.Encoded(other, encoding));
            begin(new Former(
                    () -> encoded.encodeBy(old),
                    () -> {},
                    // the sink is in the middle of a batch, so it takes another one
                    () -> instance = encoded.anew(old.by()),
                    encoded::close,
                    successors));
        } finally {
            turn.unlock();
        }
    }

    private void begin(Former before) {
        former = before;
        trouble = null;
        done = 0;
    }

    private void restore() {
        Former before = former;
        former = null;
        if (before != null) {
            before.restore.run();
        }
    }

    /** Returns to what was before the last move, if that is still there. */
    public void back() {
        turn.lock();
        try {
            restore();
        } finally {
            turn.unlock();
        }
    }

    /** Does without what was before the last move. */
    public void settle() {
        turn.lock();
        try {
            Former before = former;
            former = null;
            if (before != null) {
                before.dispose.run();
            }
        } finally {
            turn.unlock();
        }
    }

    /** Returns why the last move was taken back, if it was. */
    public Optional<String> trouble() {
        return Optional.ofNullable(trouble);
    }

    void close() {
        settle();
        instance.close();
    }
}
