package io.varuna.engine.aggregate;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One group of a window that loses its rows one by one, oldest first. Each call keeps what it needs for that. */
public final class SlidingGroup {
    private final @Nullable Object[] keys;
    private final SlidingValues[] values;
    private int size;

    SlidingGroup(@Nullable Object[] keys, SlidingValues[] values) {
        this.keys = keys;
        this.values = values;
    }

    public @Nullable Object[] keys() {
        return keys;
    }

    /** Returns the number of rows. */
    public int size() {
        return size;
    }

    /** Adds what {@link AggregateCalls#arguments} returned for a row; a throw means that the row does not count. */
    public void add(List<@Nullable Object[]> arguments) throws Exception {
        int added = 0;
        try {
            while (added < values.length) {
                values[added].add(arguments.get(added));
                added++;
            }
            size++;
        } finally {
            while (added < values.length && added > 0) {
                values[--added].undo();
            }
        }
    }

    /** Lets go of the oldest row. */
    public void evict() {
        for (SlidingValues value : values) {
            value.evict();
        }
        size--;
    }

    /** Returns the arguments of a row, by its place among the rows of the group, oldest first. */
    public List<@Nullable Object[]> arguments(int row) {
        List<@Nullable Object[]> arguments = new ArrayList<>(values.length);
        for (SlidingValues value : values) {
            arguments.add(value.rows().get(row));
        }
        return arguments;
    }

    /** Writes the results into a row, from a position on. */
    public void results(@Nullable Object[] row, int at) throws Exception {
        for (int i = 0; i < values.length; i++) {
            row[at + i] = values[i].result();
        }
    }
}
