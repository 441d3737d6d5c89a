package io.varuna.engine.vector;

import io.varuna.engine.data.ColumnBatch;
import io.varuna.engine.data.ColumnVector;
import org.jspecify.annotations.Nullable;

/**
 * An expression, ready to be evaluated for the rows of a batch at once. Holds no values between two batches, so it costs
 * little while nothing comes. A row that it cannot decide is marked so; nothing is thrown.
 */
abstract class ColumnExpression {
    /**
     * Returns the values of some rows, {@link ColumnVector#UNDECIDED} where the evaluator of rows has to be asked. A column
     * that a row does not have may be missing in it.
     *
     * @param places the places of the rows; not changed
     * @param count the number of places
     * @return a vector that is not to be changed, perhaps one of the batch, with values for those rows only
     */
    abstract ColumnVector values(ColumnBatch batch, int[] places, int count);

    /** Returns what {@link #values} returns, for rows of which {@link #lane} has none. */
    ColumnVector cells(ColumnBatch batch, int[] places, int count) {
        return values(batch, places, count);
    }

    /** Tells whether {@link #lane} may return one. */
    boolean packs() {
        return false;
    }

    /**
     * Returns the values of rows without tags, or null where they are not all of one kind, or where one of them would be
     * undecided. Does not ask for {@link #values}.
     */
    @Nullable
    Lane lane(Lanes rows) {
        return null;
    }

    /** Returns the only value as that of row 0, where it is always the same; otherwise null. */
    @Nullable
    ColumnVector constant() {
        return null;
    }

    /** Selects the rows for which this is true; NULL is not. */
    void select(ColumnBatch batch, int[] places, int count, Selection selected) {
        selected.addAll(places, count, values(batch, places, count));
    }

    /** Returns how rows find their value in a vector of this expression: {@code row & mask}. */
    final int mask() {
        return constant() == null ? -1 : 0;
    }

    /** Returns a vector for {@link #mask()}. */
    final ColumnVector operand(ColumnBatch batch, int[] places, int count) {
        ColumnVector constant = constant();
        return constant == null ? values(batch, places, count) : constant;
    }

    static boolean isNull(byte tag) {
        return tag <= ColumnVector.NULL;
    }
}
