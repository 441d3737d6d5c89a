package io.varuna.engine.sink;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.api.sink.RejectedRowsException;
import io.varuna.api.sink.SinkFactory;
import io.varuna.engine.data.Results;
import io.varuna.engine.plugin.Resolver.Resolved;
import io.varuna.engine.watch.Busy;
import io.varuna.engine.watch.Successors;
import io.varuna.engine.watch.Turn;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The place of the instance that a sink's results go to. Another instance, or another codec, can take it between two
 * batches; as long as the former one is kept, it gets back the first batch that the new one fails to write, or does not come
 * back from. Thread-safe.
 */
public final class SinkSlot {
    /** So much of what a new instance does first is done on a thread that can be given up; more would cost too much. */
    private static final int WATCHED = 3;

    private final Turn turn = new Turn();
    private final Busy trial = new Busy();
    private volatile SinkInstance instance;
    private volatile @Nullable Former former;
    private volatile @Nullable String trouble;
    private final AtomicInteger done = new AtomicInteger();
    private volatile boolean nudged;

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
        turn.take();
        try {
            if (!instance.isOpen()) {
                instance.open();
            }
        } finally {
            turn.leave();
        }
    }

    void write(Results results) throws Exception {
        turn.take();
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
            turn.leave();
        }
    }

    void reach(Marker marker) throws Exception {
        turn.take();
        try {
            Former before = former;
            SinkInstance reaching = instance;
            if (before == null) {
                reaching.reach(marker);
            } else {
                attempt(before, () -> reaching.reach(marker));
            }
        } finally {
            turn.leave();
        }
    }

    /** Has the instance that is on trial do something; returns to what was before if it does not come back. */
    private void attempt(Former before, Successors.Attempt work) throws Exception {
        trial.begin();
        try {
            if (done.get() < WATCHED) {
                before.attempts.attempt("did not come back from a batch", work, before.late);
                done.incrementAndGet();
            } else {
                alone(work);
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

    /** Has it done on this thread, which goes on if it was interrupted for the sake of the instance only. */
    private void alone(Successors.Attempt work) throws Exception {
        try {
            work.run();
        } finally {
            if (nudged) {
                nudged = false;
                boolean unused = Thread.interrupted();
            }
        }
    }

    /** Tells whether a former instance is kept. */
    public boolean isOnTrial() {
        return former != null;
    }

    /** Returns who has been at a batch of the instance on trial for longer than {@code budget}, if nobody gives that up here. */
    public Optional<Busy.Overrun> hanging(Duration budget) {
        return done.get() < WATCHED || former == null ? Optional.empty() : trial.overrun(System.nanoTime(), budget);
    }

    /** Interrupts who is at a batch; the former instance gets it if that helps. */
    public void nudge(Busy.Overrun overrun) {
        nudged = true;
        overrun.thread().interrupt();
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
        try {
            turn.takeInTime();
        } catch (VarunaException e) {
            next.close();
            throw e;
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
            turn.leave();
        }
    }

    /** Lets another codec go on; throws if it makes no encoder, and nothing has changed then. */
    public void encodeBy(Resolved<SinkFactory<?>> other, Successors successors) throws Exception {
        SinkInstance encoded = instance;
        SinkBatch.Encoding encoding = successors.open(() -> encoded.encoding(other), late -> {});
        turn.takeInTime();
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
            turn.leave();
        }
    }

    private void begin(Former before) {
        former = before;
        trouble = null;
        done.set(0);
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
        turn.exchange(this::restore);
    }

    /** Does without what was before the last move. */
    public void settle() {
        turn.exchange(this::dispose);
    }

    private void dispose() {
        Former before = former;
        former = null;
        if (before != null) {
            before.dispose.run();
        }
    }

    /** Returns why the last move was taken back, if it was. */
    public Optional<String> trouble() {
        return Optional.ofNullable(trouble);
    }

    void close() {
        turn.close(() -> {
            dispose();
            instance.close();
        });
    }
}
