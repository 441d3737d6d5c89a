package io.varuna.engine.window;

import io.varuna.engine.data.RowBatch;
import io.varuna.engine.state.StateInput;
import io.varuna.engine.state.StateOutput;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Keeps the rows themselves. */
final class BufferedRows implements Content {
    private final ArrayDeque<Entry> rows = new ArrayDeque<>();

    private static final class Entry {
        private final @Nullable Object[] row;
        private final long time;

        Entry(@Nullable Object[] row, long time) {
            this.row = row;
            this.time = time;
        }
    }

    @Override
    public void add(@Nullable Object[] row, long time) {
        rows.add(new Entry(row, time));
    }

    @Override
    public void evictBefore(long time) {
        while (!rows.isEmpty() && rows.getFirst().time < time) {
            rows.removeFirst();
        }
    }

    @Override
    public void evictTo(long count) {
        while (rows.size() > count) {
            rows.removeFirst();
        }
    }

    @Override
    public void clear() {
        rows.clear();
    }

    @Override
    public boolean isEmpty() {
        return rows.isEmpty();
    }

    @Override
    public void emit(Bounds bounds, RowBatch out, BiConsumer<Exception, @Nullable Object[]> trouble) {
        for (Entry entry : rows) {
            int width = entry.row.length;
            @Nullable Object[] row = Arrays.copyOf(entry.row, width + WINDOW_COLUMNS);
            bounds.writeTo(row, width);
            out.add(row, entry.time);
        }
    }

    @Override
    public void save(StateOutput out) {
        out.putLong(rows.size());
        rows.forEach(entry -> out.putRow(entry.row).putLong(entry.time));
    }

    @Override
    public void load(StateInput in) {
        rows.clear();
        for (int left = in.getCount(); left > 0; left--) {
            rows.add(new Entry(in.getRow(), in.getLong()));
        }
    }
}
