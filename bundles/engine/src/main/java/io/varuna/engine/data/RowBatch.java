package io.varuna.engine.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows in order, each with its time. Grows as needed and can be used again; the rows themselves are never changed. */
public final class RowBatch {
    private final List<@Nullable Object[]> rows;
    private long[] times;
    private final List<@Nullable Object> tags = new ArrayList<>();
    private long trigger;

    public RowBatch() {
        this(16);
    }

    public RowBatch(int capacity) {
        this.rows = new ArrayList<>(capacity);
        this.times = new long[capacity];
    }

    public int size() {
        return rows.size();
    }

    public boolean isEmpty() {
        return rows.isEmpty();
    }

    public @Nullable Object[] row(int index) {
        return rows.get(index);
    }

    /** Returns the time of a row, in milliseconds since the epoch. */
    public long time(int index) {
        return times[index];
    }

    /** Returns when the window closed whose result this is; 0 if there was none. */
    public long trigger() {
        return trigger;
    }

    public RowBatch trigger(long time) {
        trigger = time;
        return this;
    }

    public void add(@Nullable Object[] row, long time) {
        int size = rows.size();
        if (size == times.length) {
            times = Arrays.copyOf(times, 2 * size);
        }
        times[size] = time;
        rows.add(row);
    }

    /** Adds a row with something that goes with it to the output. */
    public void add(@Nullable Object[] row, long time, @Nullable Object tag) {
        add(row, time);
        if (tag != null) {
            while (tags.size() < rows.size() - 1) {
                tags.add(null);
            }
            tags.add(tag);
        }
    }

    /** Adds a row of another batch. */
    public void add(RowBatch from, int index) {
        add(from.row(index), from.time(index), from.tag(index));
    }

    /** Adds a row that was made of one of another batch. */
    public void add(@Nullable Object[] row, RowBatch from, int index) {
        add(row, from.time(index), from.tag(index));
    }

    /** Returns what goes with a row to the output, or null. */
    public @Nullable Object tag(int index) {
        return index < tags.size() ? tags.get(index) : null;
    }

    /** Forgets the rows from an index on. */
    public void truncate(int length) {
        rows.subList(length, rows.size()).clear();
        if (length < tags.size()) {
            tags.subList(length, tags.size()).clear();
        }
    }

    public void clear() {
        rows.clear();
        tags.clear();
    }
}
