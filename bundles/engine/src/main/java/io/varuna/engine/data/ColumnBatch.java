package io.varuna.engine.data;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Rows as columns, each with its time. Those that are selected count; the others were left out on the way. A batch may share
 * its columns, times and tags with the one that it was made of, so whoever takes it changes none of them. Valid during the
 * call only. One thread at a time.
 */
public final class ColumnBatch {
    private final Scratch scratch;
    private ColumnVector[] columns;
    private long[] times = new long[0];
    private @Nullable Object[] tags = new @Nullable Object[0];
    private int rows;
    private int[] selection = new int[0];
    private int selected;

    ColumnBatch(Scratch scratch) {
        this.scratch = scratch;
        this.columns = new ColumnVector[0];
    }

    /** Returns where to get more batches and vectors for the time of this one. */
    public Scratch scratch() {
        return scratch;
    }

    public int width() {
        return columns.length;
    }

    public ColumnVector column(int index) {
        return columns[index];
    }

    /** Returns how many rows the columns have, selected or not. */
    public int rows() {
        return rows;
    }

    /** Returns the number of rows that are selected. */
    public int size() {
        return selected;
    }

    public boolean isEmpty() {
        return selected == 0;
    }

    /** Returns the places of the selected rows in the columns, in order; there may be more elements than rows. */
    public int[] selection() {
        return selection;
    }

    /** Returns the time of a row by its place in the columns, in milliseconds since the epoch. */
    public long time(int row) {
        return times[row];
    }

    /** Returns the times of all rows. */
    long[] times() {
        return times;
    }

    /** Returns what goes with a row to the output, by its place in the columns. */
    public @Nullable Object tag(int row) {
        return row < tags.length ? tags[row] : null;
    }

    /** Returns the values of a row, by its place in the columns, as a new array. */
    public @Nullable Object[] row(int row) {
        @Nullable Object[] values = new @Nullable Object[columns.length];
        row(row, values, 0);
        return values;
    }

    /** Puts the values of a row, by its place in the columns, into an array from a place on. */
    public void row(int row, @Nullable Object[] values, int from) {
        for (int i = 0; i < columns.length; i++) {
            values[from + i] = columns[i].get(row);
        }
    }

    /**
     * Returns a batch of the same rows that stays valid and shares nothing; its metadata are the tags of this one. Others may
     * read this one meanwhile.
     */
    public ColumnBatch copy() {
        RecordColumns copy = new RecordColumns(Math.max(1, selected));
        copy.begin(columns.length, null);
        for (int i = 0; i < selected; i++) {
            int row = selection[i];
            copy.arrival(times[row], tag(row));
            copy.add(Arrays.stream(columns).map(column -> column.peek(row)).toArray());
        }
        return copy.batch();
    }

    /** Adds the selected rows to a batch of rows. */
    public void addTo(RowBatch rows) {
        for (int i = 0; i < selected; i++) {
            int row = selection[i];
            rows.add(row(row), times[row], tag(row));
        }
    }

    /** Takes the rows of another batch; their columns are still to be set, the selection is the same. */
    ColumnBatch of(ColumnBatch other, int width) {
        if (columns.length != width) {
            columns = new ColumnVector[width];
        }
        times = other.times;
        tags = other.tags;
        rows = other.rows;
        selection(other.selection, other.selected);
        return this;
    }

    /** Sets a column, sharing it. */
    public ColumnBatch column(int index, ColumnVector column) {
        columns[index] = column;
        return this;
    }

    /** Sets all columns to those of another batch as wide, sharing them. */
    public ColumnBatch columnsOf(ColumnBatch other) {
        System.arraycopy(other.columns, 0, columns, 0, columns.length);
        return this;
    }

    /** Shows rows, all of them selected. The arrays are shared. */
    ColumnBatch show(ColumnVector[] columnsOfRows, long[] timesOfRows, @Nullable Object[] tagsOfRows, int count) {
        columns = columnsOfRows;
        times = timesOfRows;
        tags = tagsOfRows;
        rows = count;
        selected = count;
        if (selection.length < count) {
            selection = new int[Math.max(count, scratch.capacity())];
        }
        for (int i = 0; i < count; i++) {
            selection[i] = i;
        }
        return this;
    }

    /** Sets other times, sharing them. */
    public ColumnBatch times(long[] timesOfRows) {
        times = timesOfRows;
        return this;
    }

    /** Lets go of what goes with the rows to the output. */
    public ColumnBatch untagged() {
        tags = new @Nullable Object[0];
        return this;
    }

    /** Selects rows; the places are copied. */
    public ColumnBatch selection(int[] places, int count) {
        if (selection.length < count) {
            selection = new int[Math.max(count, scratch.capacity())];
        }
        System.arraycopy(places, 0, selection, 0, count);
        selected = count;
        return this;
    }

    /** Keeps the first of the selected rows; the others were left out of {@link #selection} before. */
    public void shrink(int count) {
        selected = count;
    }
}
