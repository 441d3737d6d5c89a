package io.varuna.engine.vector;

import io.varuna.engine.data.ColumnBatch;
import io.varuna.engine.data.ColumnVector;

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

    /** Adds those of some rows for which a value is true; undecided is also what is neither true nor false, a mistake. */
    void addAll(int[] places, int count, ColumnVector values) {
        byte[] tags = values.tags();
        long[] bits = values.bits();
        for (int i = 0; i < count; i++) {
            int row = places[i];
            byte tag = tags[row];
            if (tag == ColumnVector.BOOLEAN) {
                add(row, (int) bits[row]);
            } else if (tag > ColumnVector.NULL) {
                undecided(row);
            }
        }
    }

    /** Adds those of some rows that have a 1 among {@code ones}, which are in the same order. */
    void addAll(int[] places, int count, byte[] ones) {
        int[] kept = rows;
        int end = size;
        for (int i = 0; i < count; i++) {
            kept[end] = places[i];
            end += ones[i];
        }
        size = end;
    }

    /** Returns room for a mark of each row of the batch, selected or not. */
    long[] marks() {
        return batch.scratch().vector(batch.rows()).bits();
    }

    /** Adds the rows of the batch, all of them being in question, that are marked with 1, not those with 0. */
    void addMarked(long[] marks) {
        int[] kept = rows;
        int end = size;
        int count = batch.rows();
        for (int row = 0; row < count; row++) {
            kept[end] = row;
            end += (int) marks[row];
        }
        size = end;
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
