package io.varuna.engine.window;

import io.varuna.engine.aggregate.AggregateCalls;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One group of a window that loses its rows one by one, oldest first. */
abstract class SlidingGroup {
    private final @Nullable Object[] keys;
    final AggregateCalls calls;
    final ArrayDeque<List<@Nullable Object[]>> rows = new ArrayDeque<>();

    private SlidingGroup(@Nullable Object[] keys, AggregateCalls calls) {
        this.keys = keys;
        this.calls = calls;
    }

    final @Nullable Object[] keys() {
        return keys;
    }

    final int size() {
        return rows.size();
    }

    /** Returns the arguments of the rows, oldest first. */
    final Iterable<List<@Nullable Object[]>> arguments() {
        return rows;
    }

    abstract void add(List<@Nullable Object[]> arguments) throws Exception;

    abstract void evict();

    abstract void results(@Nullable Object[] row, int at) throws Exception;

    /** Takes rows back from the accumulators, which must be able to. */
    static final class Retracting extends SlidingGroup {
        private AggregateCalls.Accumulators all;

        Retracting(@Nullable Object[] keys, AggregateCalls calls) {
            super(keys, calls);
            this.all = calls.create();
        }

        @Override
        void add(List<@Nullable Object[]> arguments) throws Exception {
            all.add(arguments);
            rows.addLast(arguments);
        }

        @Override
        void evict() {
            List<@Nullable Object[]> oldest = rows.removeFirst();
            try {
                all.retract(oldest);
            } catch (Exception e) {
                // a function that cannot take back what it was given: start over from the rows that are left
                all = refold(rows);
            }
        }

        private AggregateCalls.Accumulators refold(Iterable<List<@Nullable Object[]>> left) {
            AggregateCalls.Accumulators fresh = calls.create();
            for (List<@Nullable Object[]> arguments : left) {
                addAgain(fresh, arguments);
            }
            return fresh;
        }

        @Override
        void results(@Nullable Object[] row, int at) throws Exception {
            all.results(row, at);
        }
    }

    /**
     * Keeps two parts: of the newer one the fold of all rows, of the older one the fold from each row to the last. A row
     * leaves by dropping the first of those; when the older part is used up, the newer one becomes it.
     */
    static final class TwoStacks extends SlidingGroup {
        private final ArrayDeque<AggregateCalls.Accumulators> older = new ArrayDeque<>();
        private AggregateCalls.Accumulators newer;

        TwoStacks(@Nullable Object[] keys, AggregateCalls calls) {
            super(keys, calls);
            this.newer = calls.create();
        }

        @Override
        void add(List<@Nullable Object[]> arguments) throws Exception {
            newer.add(arguments);
            rows.addLast(arguments);
        }

        @Override
        void evict() {
            if (older.isEmpty()) {
                turn();
            }
            older.removeFirst();
            rows.removeFirst();
        }

        private void turn() {
            List<List<@Nullable Object[]>> oldestLast = new ArrayList<>(rows.size());
            for (Iterator<List<@Nullable Object[]>> newest = rows.descendingIterator(); newest.hasNext(); ) {
                oldestLast.add(newest.next());
            }
            AggregateCalls.@Nullable Accumulators rest = null;
            for (List<@Nullable Object[]> arguments : oldestLast) {
                AggregateCalls.Accumulators fold = calls.create();
                addAgain(fold, arguments);
                if (rest != null) {
                    mergeAgain(fold, rest);
                }
                older.addFirst(fold);
                rest = fold;
            }
            newer = calls.create();
        }

        @Override
        void results(@Nullable Object[] row, int at) throws Exception {
            AggregateCalls.Accumulators first = older.peekFirst();
            if (first == null) {
                newer.results(row, at);
                return;
            }
            if (older.size() == rows.size()) {
                first.results(row, at);
                return;
            }
            AggregateCalls.Accumulators all = calls.create();
            all.merge(first);
            all.merge(newer);
            all.results(row, at);
        }
    }

    private static void addAgain(AggregateCalls.Accumulators fold, List<@Nullable Object[]> arguments) {
        try {
            fold.add(arguments);
        } catch (Exception e) {
            throw new IllegalStateException("An aggregate function refuses a row that it took before", e);
        }
    }

    private static void mergeAgain(AggregateCalls.Accumulators fold, AggregateCalls.Accumulators rest) {
        try {
            fold.merge(rest);
        } catch (Exception e) {
            throw new IllegalStateException("An aggregate function cannot merge what it took before", e);
        }
    }
}
