package io.varuna.engine.match;

import io.varuna.engine.state.StateInput;
import io.varuna.engine.state.StateOutput;
import io.varuna.plan.MatchRecognize;
import io.varuna.plan.MatchRecognize.Skip;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one partition, and the search for the next match. Searches come one after the other, since where the next begins
 * depends on what the one before has found: one that finds nothing is followed by one from the next row on.
 */
final class MatchPartition {
    /** No search has to be ended. */
    static final long NEVER = Long.MAX_VALUE;

    private final Object key;
    private final @Nullable Object[] values;
    private final Shape shape;
    private final Listener listener;
    private final RowWindow rows = new RowWindow();
    private final Search search;
    private long start;
    private long next;
    private long matches;
    private long listed = NEVER;

    /**
     * What all partitions have in common.
     *
     * @param searches makes a search
     * @param skipped the variables of {@code skip}
     * @param back how many rows before a match its expressions see
     * @param mostRows how many rows a search may go on for
     * @param mostWays how many ways it may follow at once
     */
    record Shape(
            Supplier<Search> searches,
            Skip skip,
            Variables skipped,
            long within,
            int back,
            int mostRows,
            int mostWays) {}

    /** Is told what comes of the searches. */
    interface Listener {
        /**
         * Takes a match.
         *
         * @param number that of the match in its partition
         * @param time when it was found, in milliseconds since the epoch
         */
        void matched(MatchPartition partition, MatchedRow end, long number, long time);

        /** Learns that a match does not say where to go on. */
        void lost(MatchedRow end);

        /** Learns that a search was given up. */
        void givenUp(MatchRow row, String reason);
    }

    /** Creates the partition of the rows with some values. */
    MatchPartition(Object key, @Nullable Object[] values, Shape shape, Listener listener) {
        this.key = key;
        this.values = values;
        this.shape = shape;
        this.listener = listener;
        this.search = shape.searches.get();
    }

    Object key() {
        return key;
    }

    @Nullable
    Object[] values() {
        return values;
    }

    RowWindow rows() {
        return rows;
    }

    /** Takes the next row, whose time is not before that of the others. */
    void add(MatchRow row) {
        rows.add(row);
        run(row.time);
        if (rows.end() - start > shape.mostRows) {
            giveUp(row, "goes on for more than " + shape.mostRows + " rows");
        }
    }

    /** Returns after which time the search has to be ended, in milliseconds since the epoch. */
    long deadline() {
        return start < rows.end() && shape.within != MatchRecognize.UNLIMITED
                ? rows.get(start).time + shape.within
                : NEVER;
    }

    /** Returns which deadline was noted last. */
    long listed() {
        return listed;
    }

    void listed(long deadline) {
        listed = deadline;
    }

    /** Ends the search, which has waited for all rows that could have been part of its match. */
    void expire(long time) {
        // after a restart the search has yet to follow
        run(time);
        if (deadline() <= time) {
            conclude(time);
            run(time);
        }
    }

    /** Takes the search on to the last row, and further searches after it. */
    void run(long time) {
        while (next < rows.end()) {
            MatchRow row = rows.get(next);
            if (next > start && row.time > deadline()) {
                conclude(time);
                continue;
            }
            search.take(rows, next, matches + 1);
            next++;
            if (search.isOver()) {
                conclude(time);
            } else if (search.ways() > shape.mostWays) {
                giveUp(row, "has more than " + shape.mostWays + " ways to go on");
            }
        }
    }

    private void conclude(long time) {
        MatchedRow found = search.found();
        if (found == null) {
            start++;
        } else {
            matches++;
            listener.matched(this, found, matches, time);
            start = after(found);
        }
        restart();
    }

    private long after(MatchedRow found) {
        MatchedRow first = MatchedRow.find(found, Variables.ALL, true, 0);
        long begin = first == null ? start : first.number();
        return switch (shape.skip.target()) {
            case PAST_LAST_ROW -> found.number() + 1;
            case NEXT_ROW -> begin + 1;
            case FIRST, LAST -> {
                boolean forward = shape.skip.target() == Skip.Target.FIRST;
                MatchedRow target = MatchedRow.find(found, shape.skipped, forward, 0);
                if (target == null || target.number() == begin) {
                    listener.lost(found);
                    yield begin + 1;
                }
                yield target.number();
            }
        };
    }

    private void giveUp(MatchRow row, String reason) {
        listener.givenUp(row, reason);
        start = rows.end();
        restart();
    }

    private void restart() {
        next = start;
        search.begin();
        rows.forget(start - shape.back);
    }

    /** Tells whether nothing would be lost with the partition but the number of matches. */
    boolean isIdle() {
        return rows.isEmpty();
    }

    void save(StateOutput out) {
        out.putLong(matches).putLong(start - rows.first()).putLong(rows.end() - rows.first());
        for (long number = rows.first(); number < rows.end(); number++) {
            MatchRow row = rows.get(number);
            out.putRow(row.values).putLong(row.time).putValue(row.tag);
        }
    }

    /** Restores the rows; the search follows them again with the next {@link #run}. */
    void load(StateInput in) {
        matches = in.getLong();
        start = in.getLong();
        next = start;
        for (int left = in.getCount(); left > 0; left--) {
            rows.add(new MatchRow(in.getRow(), in.getLong(), in.getValue()));
        }
    }
}
