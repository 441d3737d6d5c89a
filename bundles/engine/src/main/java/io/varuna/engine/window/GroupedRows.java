package io.varuna.engine.window;

import io.varuna.engine.aggregate.AggregateCalls;
import io.varuna.engine.aggregate.GroupKeys;
import io.varuna.engine.aggregate.Groups;
import io.varuna.engine.data.ColumnBatch;
import io.varuna.engine.data.RowBatch;
import io.varuna.engine.state.StateInput;
import io.varuna.engine.state.StateOutput;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Keeps accumulators for windows that do not overlap: all rows go at once. */
final class GroupedRows implements Content {
    private final Groups groups;

    GroupedRows(GroupKeys keys, AggregateCalls calls) {
        this.groups = new Groups(keys, calls);
    }

    @Override
    public void add(@Nullable Object[] row, long time) throws Exception {
        groups.add(row, time);
    }

    @Override
    public boolean takesColumns() {
        return true;
    }

    @Override
    public void add(ColumnBatch batch, int from, int to, BiConsumer<Exception, Integer> trouble) {
        groups.add(batch, from, to, trouble);
    }

    @Override
    public void evictBefore(long time) {
        // windows that do not overlap are cleared as a whole
    }

    @Override
    public void evictTo(long rows) {
        // windows that do not overlap are cleared as a whole
    }

    @Override
    public void clear() {
        groups.clear();
    }

    @Override
    public boolean isEmpty() {
        return groups.isEmpty();
    }

    @Override
    public Groups groups(BiConsumer<Exception, @Nullable Object[]> trouble) {
        return groups;
    }

    @Override
    public void emit(Bounds bounds, RowBatch out, BiConsumer<Exception, @Nullable Object[]> trouble) {
        emit(groups, bounds, out, trouble);
    }

    /** Adds a row for each group to a batch. */
    static void emit(Groups groups, Bounds bounds, RowBatch out, BiConsumer<Exception, @Nullable Object[]> trouble) {
        int from = out.size();
        groups.results(bounds.trigger(), WINDOW_COLUMNS, out, trouble);
        // one object for all rows, of which there may be many
        @Nullable Object[] span = new @Nullable Object[WINDOW_COLUMNS];
        bounds.writeTo(span, 0);
        for (int i = from; i < out.size(); i++) {
            System.arraycopy(span, 0, out.row(i), groups.width(), WINDOW_COLUMNS);
        }
    }

    @Override
    public void save(StateOutput out) {
        groups.save(out);
    }

    @Override
    public void load(StateInput in) {
        groups.load(in);
    }
}
