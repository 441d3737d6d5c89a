package io.varuna.engine.step;

import org.jspecify.annotations.Nullable;

/** Takes note of rows that come too late in event time. */
public interface LateRows {
    /** Tells whether rows need the record that they were made of, as a column behind the others. */
    boolean wantRecords();

    /**
     * Takes a row.
     *
     * @param record the record that it was made of; null if none is wanted
     * @param time its event time, in milliseconds since the epoch
     */
    void late(@Nullable Object record, long time);
}
