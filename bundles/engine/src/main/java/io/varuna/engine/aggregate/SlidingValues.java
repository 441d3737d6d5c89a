package io.varuna.engine.aggregate;

import io.varuna.api.data.Missing;
import io.varuna.engine.plugin.PluginFailure;
import java.util.ArrayDeque;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What is known by one call of the rows of a group that loses them one by one, oldest first. */
abstract class SlidingValues {
    final ArgumentRing rows = new ArgumentRing();
    private @Nullable Exception broken;

    /** Returns what is kept of the rows for {@link #evict}: their arguments, oldest first. */
    final ArgumentRing rows() {
        return rows;
    }

    /** Adds a row; a throw means that the row does not count. */
    final void add(@Nullable Object[] arguments) throws Exception {
        if (!AggregateCalls.isLeftOut(arguments)) {
            fold(arguments);
        }
        rows.add(arguments);
    }

    abstract void fold(@Nullable Object[] arguments) throws Exception;

    /** Takes back the newest row, which another call refuses. */
    final void undo() {
        boolean folded = rows.tag(rows.size() - 1) != ArgumentRing.LEFT_OUT;
        rows.removeLast();
        if (broken != null) {
            guarded(this::refold);
        } else if (folded) {
            guarded(this::unfoldNewest);
        }
    }

    /** Forgets the newest row, which is among the rows no more. */
    abstract void unfoldNewest() throws Exception;

    /** Lets go of the oldest row. */
    final void evict() {
        if (broken == null) {
            guarded(this::unfoldOldest);
            rows.removeFirst();
        } else {
            rows.removeFirst();
            guarded(this::refold);
        }
    }

    /** Forgets the oldest row, which is still among the rows. */
    abstract void unfoldOldest() throws Exception;

    /** Begins anew, with the rows that are there. */
    abstract void refold() throws Exception;

    /** Does what only fails if a function refuses what it took before; then there is no result until it is done. */
    private void guarded(Unfolding unfolding) {
        try {
            unfolding.run();
            broken = null;
        } catch (Exception | Error e) {
            broken = PluginFailure.asException(e);
        }
    }

    @FunctionalInterface
    private interface Unfolding {
        void run() throws Exception;
    }

    final @Nullable Object result() throws Exception {
        if (broken != null) {
            throw new IllegalStateException("An aggregate function refuses a row that it took before", broken);
        }
        return folded();
    }

    abstract @Nullable Object folded() throws Exception;

    /** Shows the first of the rows. */
    static final class Oldest extends SlidingValues {
        @Override
        void fold(@Nullable Object[] arguments) {
            // the rows are enough
        }

        @Override
        void unfoldNewest() {
            // the rows are enough
        }

        @Override
        void unfoldOldest() {
            // the rows are enough
        }

        @Override
        void refold() {
            // the rows are enough
        }

        @Override
        @Nullable
        Object folded() {
            for (int i = 0; i < rows.size(); i++) {
                if (rows.tag(i) != ArgumentRing.LEFT_OUT) {
                    return rows.get(i)[0];
                }
            }
            return Missing.VALUE;
        }
    }

    /** Takes rows back from an accumulator, which must be able to. */
    static final class Retracting extends SlidingValues {
        private final Supplier<Accumulator> maker;
        private final @Nullable Object[] one;
        private Accumulator all;

        /** Creates the values; {@code one} is room for an argument at a time. */
        Retracting(Supplier<Accumulator> maker, @Nullable Object[] one) {
            this.maker = maker;
            this.one = one;
            this.all = maker.get();
        }

        @Override
        void fold(@Nullable Object[] arguments) throws Exception {
            all.add(arguments);
        }

        @Override
        void unfoldNewest() throws Exception {
            if (all instanceof Accumulator.CountRows count) {
                count.retract(one);
            } else {
                // functions take back the oldest only
                refold();
            }
        }

        @Override
        void unfoldOldest() throws Exception {
            if (rows.tag(0) == ArgumentRing.LEFT_OUT) {
                return;
            }
            try {
                all.retract(rows.get(0, one));
            } catch (Exception | Error e) {
                // a function that cannot take back what it was given: start over from the rows that are left
                refold(1);
            }
        }

        @Override
        void refold() throws Exception {
            refold(0);
        }

        private void refold(int from) throws Exception {
            all = maker.get();
            AccumulatorFolds.add(all, rows, from);
        }

        @Override
        @Nullable
        Object folded() throws Exception {
            return all.result();
        }
    }

    /**
     * Keeps two parts: of the newer one the fold of all rows, of the older one the fold from each row to the last. A row
     * leaves by dropping the first of those; when the older part is used up, the newer one becomes it.
     */
    static final class AccumulatorFolds extends SlidingValues {
        private final Supplier<Accumulator> maker;
        private final ArrayDeque<Accumulator> older = new ArrayDeque<>();
        private Accumulator newer;

        AccumulatorFolds(Supplier<Accumulator> maker) {
            this.maker = maker;
            this.newer = maker.get();
        }

        @Override
        void fold(@Nullable Object[] arguments) throws Exception {
            newer.add(arguments);
        }

        @Override
        void unfoldNewest() throws Exception {
            newer = maker.get();
            add(newer, rows, older.size());
        }

        @Override
        void unfoldOldest() throws Exception {
            if (older.isEmpty()) {
                turn();
            }
            older.removeFirst();
        }

        @Override
        void refold() throws Exception {
            older.clear();
            turn();
        }

        private void turn() throws Exception {
            Accumulator rest = null;
            for (int i = rows.size() - 1; i >= 0; i--) {
                Accumulator fold = maker.get();
                if (rows.tag(i) != ArgumentRing.LEFT_OUT) {
                    fold.add(rows.get(i));
                }
                if (rest != null) {
                    fold.merge(rest);
                }
                older.addFirst(fold);
                rest = fold;
            }
            newer = maker.get();
        }

        @Override
        @Nullable
        Object folded() throws Exception {
            Accumulator first = older.peekFirst();
            if (first == null) {
                return newer.result();
            }
            if (older.size() == rows.size()) {
                return first.result();
            }
            Accumulator all = maker.get();
            all.merge(first);
            all.merge(newer);
            return all.result();
        }

        /** Adds the rows from one on. */
        static void add(Accumulator accumulator, ArgumentRing rows, int from) throws Exception {
            for (int i = from; i < rows.size(); i++) {
                if (rows.tag(i) != ArgumentRing.LEFT_OUT) {
                    accumulator.add(rows.get(i));
                }
            }
        }
    }
}
