package io.varuna.engine.match;

import org.jspecify.annotations.Nullable;

/** A row that waits for the decision whether it is in a match. Remembers which conditions it satisfies. */
final class MatchRow {
    final @Nullable Object[] values;
    final long time;
    final @Nullable Object tag;
    private long tested;
    private long satisfied;
    private boolean reported;

    /**
     * Creates the row.
     *
     * @param tag what goes with the row to the output
     */
    MatchRow(@Nullable Object[] values, long time, @Nullable Object tag) {
        this.values = values;
        this.time = time;
        this.tag = tag;
    }

    boolean isTested(int condition) {
        return (tested & (1L << condition)) != 0;
    }

    boolean satisfies(int condition) {
        return (satisfied & (1L << condition)) != 0;
    }

    void tested(int condition, boolean holds) {
        tested |= 1L << condition;
        satisfied |= holds ? 1L << condition : 0;
    }

    /** Returns true the first time: an error of a row is told once, however often it is met. */
    boolean report() {
        boolean first = !reported;
        reported = true;
        return first;
    }
}
