package io.varuna.engine.match;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of a partition that may still be needed, numbered in the order in which they came. */
final class RowWindow {
    private static final int TRIMMED_AT_ONCE = 64;

    private final List<MatchRow> rows = new ArrayList<>();
    private long offset;
    private long first;

    /** Returns the number of the first row that is kept. */
    long first() {
        return first;
    }

    /** Returns the number that the next row will have. */
    long end() {
        return offset + rows.size();
    }

    void add(MatchRow row) {
        rows.add(row);
    }

    MatchRow get(long number) {
        return rows.get((int) (number - offset));
    }

    /** Returns the row with a number, or null if it is not there, or no more. */
    @Nullable
    MatchRow find(long number) {
        return number < first || number >= end() ? null : get(number);
    }

    /** Forgets the rows before a number. */
    void forget(long before) {
        first = Math.max(first, before);
        int unused = (int) (first - offset);
        // rows move up when it pays
        if (unused == rows.size() || (unused >= TRIMMED_AT_ONCE && 2 * unused >= rows.size())) {
            rows.subList(0, unused).clear();
            offset = first;
        }
    }

    boolean isEmpty() {
        return first == end();
    }
}
