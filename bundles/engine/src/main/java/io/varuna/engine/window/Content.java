package io.varuna.engine.window;

import io.varuna.engine.aggregate.Groups;
import io.varuna.engine.data.ColumnBatch;
import io.varuna.engine.data.RowBatch;
import io.varuna.engine.state.StateInput;
import io.varuna.engine.state.StateOutput;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** What a window keeps of its rows. Rows come in the order of their times. */
interface Content {
    /** The number of columns that a window adds. */
    int WINDOW_COLUMNS = 3;

    /** Adds a row; a throw means that the row does not count. */
    void add(@Nullable Object[] row, long time) throws Exception;

    /** Tells whether rows can be added that {@link io.varuna.engine.aggregate.GroupColumns} computed. */
    default boolean takesColumns() {
        return false;
    }

    /**
     * Adds selected rows of a computed batch, from one to before another; only where {@link #takesColumns}.
     *
     * @param trouble told of rows that do not count, by their places in the batch
     */
    default void add(ColumnBatch batch, int from, int to, BiConsumer<Exception, Integer> trouble) {
        throw new UnsupportedOperationException("columns");
    }

    /** Lets go of the rows before a time. */
    void evictBefore(long time);

    /** Lets go of the oldest rows until this many are left. */
    void evictTo(long rows);

    void clear();

    boolean isEmpty();

    /**
     * Returns groups whose results are the rows of the result; null if {@link #emit} says what these are.
     *
     * @param trouble told of what cannot be put together
     */
    default @Nullable Groups groups(BiConsumer<Exception, @Nullable Object[]> trouble) {
        return null;
    }

    /**
     * Adds the rows of the result to a batch.
     *
     * @param trouble told of groups that have no result
     */
    void emit(Bounds bounds, RowBatch out, BiConsumer<Exception, @Nullable Object[]> trouble);

    void save(StateOutput out);

    void load(StateInput in);
}
