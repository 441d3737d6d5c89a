package io.varuna.engine.window;

import io.varuna.engine.data.ColumnBatch;
import io.varuna.engine.state.StateInput;
import io.varuna.engine.state.StateOutput;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Decides when a window closes. One for each partition. */
abstract class RunningWindow {
    /** Returned by {@link #due()} where no time closes anything. */
    static final long NEVER = Long.MAX_VALUE;

    final Content content;
    private final Emission emission;

    RunningWindow(Content content, Emission emission) {
        this.content = content;
        this.emission = emission;
    }

    /** Takes the result of a window. */
    @FunctionalInterface
    interface Emission {
        void emit(Content content, Bounds bounds);
    }

    final void emit(Bounds bounds) {
        emission.emit(content, bounds);
    }

    /** Begins at a time, where windows close without rows. */
    void start(long now) {
        // most windows begin with a row
    }

    /** Adds a row; {@link #advance} was called with its time before. */
    abstract void add(@Nullable Object[] row, long time) throws Exception;

    /** Tells whether rows can be added that {@link io.varuna.engine.aggregate.GroupColumns} computed. */
    boolean takesColumns() {
        return false;
    }

    /**
     * Adds selected rows of a computed batch, from one to before another, as many as go into what is open; returns the first one
     * that does not.
     *
     * @param trouble told of rows that do not count, by their places in the batch
     */
    int add(ColumnBatch batch, int from, int to, BiConsumer<Exception, Integer> trouble) {
        content.add(batch, from, to, trouble);
        return to;
    }

    /** Begins to take rows of computed batches from a time on; returns until when they go into what is open now. */
    long takesUntil(long time) {
        throw new UnsupportedOperationException("columns");
    }

    /** Closes what closes until a time. */
    abstract void advance(long now);

    /** Closes what closes when all rows up to a time have come, those of that very time included. */
    void pass(long now) {
        advance(now);
    }

    /** Returns when something closes next. */
    abstract long due();

    /** Tells whether nothing is kept, so that the window can be forgotten. */
    boolean idle() {
        return content.isEmpty();
    }

    void save(StateOutput out) {
        content.save(out);
    }

    void load(StateInput in) {
        content.load(in);
    }
}
