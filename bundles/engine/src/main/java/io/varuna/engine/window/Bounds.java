package io.varuna.engine.window;

import org.jspecify.annotations.Nullable;

/** The span of a window, in milliseconds since the epoch: the start is part of it, the end is not. */
record Bounds(long start, long end, long trigger) {
    /** Writes the columns that a window adds. */
    void writeTo(@Nullable Object[] row, int at) {
        row[at] = start;
        row[at + 1] = end;
        row[at + 2] = trigger;
    }
}
