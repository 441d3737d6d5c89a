package io.varuna.engine.sink;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.api.sink.RejectedRowsException;
import io.varuna.api.sink.SinkFactory;
import io.varuna.engine.data.Results;
import io.varuna.engine.plugin.Resolver.Resolved;
import io.varuna.engine.watch.Successors;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The place of the instance that a sink's results go to. Another instance, or another codec, can take it between two
 * batches; as long as the former one is kept, it gets back the first batch that the new one fails to write. Thread-safe.
 */
public final class SinkSlot {
    /** How long a batch that is under way may keep an exchange. */
    private static final Duration BATCH_LIMIT = Duration.ofSeconds(10);

    private final ReentrantLock turn = new ReentrantLock();
    private volatile SinkInstance instance;
    private @Nullable Former former;
    private @Nullable String trouble;

    /** How to return to what was before, and how to do without it. */
    private record Former(Runnable restore, Runnable dispose) {}

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
            instance.write(results);
        } catch (RejectedRowsException e) {
            throw e;
        } catch (Exception e) {
            if (former == null) {
                throw e;
            }
            trouble = "does not write: " + e.getMessage();
            restore();
            instance.write(results);
        } finally {
            turn.unlock();
        }
    }

    void reach(Marker marker) throws Exception {
        turn.lock();
        try {
            instance.reach(marker);
        } finally {
            turn.unlock();
        }
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
                old.finish();
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
                    old::close));
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
            begin(new Former(() -> encoded.encodeBy(old), () -> {}));
        } finally {
            turn.unlock();
        }
    }

    private void begin(Former before) {
        former = before;
        trouble = null;
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
        turn.lock();
        try {
            return Optional.ofNullable(trouble);
        } finally {
            turn.unlock();
        }
    }

    void close() {
        settle();
        instance.close();
    }
}
