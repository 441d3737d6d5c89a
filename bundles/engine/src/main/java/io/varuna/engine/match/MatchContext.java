package io.varuna.engine.match;

import org.jspecify.annotations.Nullable;

/** What expressions of a pattern see beside a row. Set before an expression is evaluated. */
final class MatchContext {
    private @Nullable RowWindow rows;
    private @Nullable MatchedRow current;
    private @Nullable MatchedRow last;
    private long number;
    private long focus;

    /**
     * Moves to a row of a match.
     *
     * @param current the row, with those before it
     * @param last the last row of the match, as far as it is known
     * @param number that of the match
     */
    void set(RowWindow rows, MatchedRow current, MatchedRow last, long number) {
        this.rows = rows;
        this.current = current;
        this.last = last;
        this.number = number;
        this.focus = current.number();
    }

    @Nullable
    MatchedRow end(boolean whole) {
        return whole ? last : current;
    }

    long currentNumber() {
        return current == null ? 0 : current.number();
    }

    long matchNumber() {
        return number;
    }

    /** Returns a row of the partition, or null if there is none of that number. */
    @Nullable
    MatchRow row(long rowNumber) {
        return rows == null ? null : rows.find(rowNumber);
    }

    /** Sets which row an expression is evaluated on; returns which it was before. */
    long focus(long rowNumber) {
        long before = focus;
        focus = rowNumber;
        return before;
    }

    /** Returns the variable of the row that an expression is evaluated on, or -1 if the row is not in the match. */
    int variable() {
        for (MatchedRow matched = last; matched != null; matched = matched.before()) {
            if (matched.number() == focus) {
                return matched.variable();
            }
        }
        return -1;
    }
}
