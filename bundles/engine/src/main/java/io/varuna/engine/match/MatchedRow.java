package io.varuna.engine.match;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row that a variable has taken, with those that were taken before. Ways through the pattern that have begun alike share
 * what they have in common.
 *
 * @param number that of the row in its partition
 * @param shown whether the row is put out
 */
record MatchedRow(@Nullable MatchedRow before, MatchRow row, long number, int variable, boolean shown) {
    /** Returns the rows from the first to this one. */
    List<MatchedRow> all() {
        List<MatchedRow> rows = new ArrayList<>();
        for (MatchedRow matched = this; matched != null; matched = matched.before) {
            rows.add(matched);
        }
        Collections.reverse(rows);
        return rows;
    }

    /** Returns the row of some variables that is found by passing over others of them; null where there are not so many. */
    static @Nullable MatchedRow find(@Nullable MatchedRow end, Variables variables, boolean first, int offset) {
        if (first) {
            int count = 0;
            for (MatchedRow matched = end; matched != null; matched = matched.before) {
                count += variables.contains(matched.variable) ? 1 : 0;
            }
            return last(end, variables, count - 1 - offset);
        }
        return last(end, variables, offset);
    }

    private static @Nullable MatchedRow last(@Nullable MatchedRow end, Variables variables, int offset) {
        int left = offset;
        for (MatchedRow matched = end; matched != null && left >= 0; matched = matched.before) {
            if (variables.contains(matched.variable) && left-- == 0) {
                return matched;
            }
        }
        return null;
    }
}
