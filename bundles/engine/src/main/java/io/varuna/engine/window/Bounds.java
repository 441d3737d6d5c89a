package io.varuna.engine.window;

import io.varuna.engine.data.RecordColumns;
import org.jspecify.annotations.Nullable;

/** The span of a window, in milliseconds since the epoch: the start is part of it, the end is not. */
record Bounds(long start, long end, long trigger) {
    /** Puts the columns that a window adds into all rows. */
    void writeTo(RecordColumns rows, int at) {
        for (int row = 0; row < rows.size(); row++) {
            rows.column(at).putLong(row, start);
            rows.column(at + 1).putLong(row, end);
            rows.column(at + 2).putLong(row, trigger);
        }
    }

    /** Writes the columns that a window adds. */
    void writeTo(@Nullable Object[] row, int at) {
        row[at] = start;
        row[at + 1] = end;
        row[at + 2] = trigger;
    }
}
