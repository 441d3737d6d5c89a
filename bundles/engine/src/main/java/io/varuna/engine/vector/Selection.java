package io.varuna.engine.vector;

import io.varuna.engine.data.ColumnBatch;

/** Rows that are selected, and those for which that is not decided. */
final class Selection {
    private final int[] rows;
    private final ColumnBatch batch;
    private int size;
    private int[] open = {};
    private int openCount;

    Selection(ColumnBatch batch) {
        this.batch = batch;
        this.rows = batch.scratch().places(batch.size());
    }

    /** Adds a row if {@code one} is 1, not if it is 0: a branch that depends on the data would cost more. */
    void add(int row, int one) {
        rows[size] = row;
        size += one;
    }

    void undecided(int row) {
        if (open.length == 0) {
            open = batch.scratch().places(batch.size());
        }
        open[openCount++] = row;
    }

    int[] rows() {
        return rows;
    }

    /** Says how many of the {@link #rows} count, for those who write them there themselves. */
    void size(int count) {
        size = count;
    }

    int size() {
        return size;
    }

    int[] open() {
        return open;
    }

    int openCount() {
        return openCount;
    }
}
