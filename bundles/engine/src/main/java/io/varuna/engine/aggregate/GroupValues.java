package io.varuna.engine.aggregate;

import io.varuna.api.data.Missing;
import io.varuna.api.function.AggregateFunction;
import io.varuna.api.function.GroupedAggregate;
import io.varuna.api.function.GroupedStates;
import io.varuna.api.state.State;
import io.varuna.engine.data.ColumnBatch;
import io.varuna.engine.data.ColumnVector;
import io.varuna.engine.state.StateInput;
import io.varuna.engine.state.StateOutput;
import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What is known of all groups by one call. Groups have numbers from 0 on. */
abstract class GroupValues {
    /** Makes room for groups with numbers below this one. */
    abstract void reserve(int groups);

    /** Adds rows whose arguments are columns from one on; tells the batch which are refused. */
    abstract void add(GroupedBatch rows, int from);

    abstract void add(int group, @Nullable Object[] arguments) throws Exception;

    /**
     * Adds what other values of the same call know of group {@code i} to {@code groups[i]}, as rows that came later, for each
     * number from {@code from} to before {@code to}.
     */
    abstract void merge(int[] groups, GroupValues later, int from, int to) throws Exception;

    abstract @Nullable Object result(int group) throws Exception;

    abstract void save(int group, StateOutput out);

    abstract void load(int group, StateInput in);

    /** Forgets all groups; the room is kept. */
    abstract void clear();

    /** Counts rows. */
    static final class RowCounts extends GroupValues {
        private long[] counts = new long[0];

        @Override
        void reserve(int groups) {
            if (groups > counts.length) {
                counts = Arrays.copyOf(counts, Math.max(groups, 2 * counts.length));
            }
        }

        @Override
        void add(GroupedBatch rows, int from) {
            int[] groups = rows.groups();
            int size = rows.size();
            for (int i = 0; i < size; i++) {
                counts[groups[i]]++;
            }
        }

        @Override
        void add(int group, @Nullable Object[] arguments) {
            counts[group]++;
        }

        @Override
        void merge(int[] groups, GroupValues later, int from, int to) {
            long[] others = ((RowCounts) later).counts;
            for (int i = from; i < to; i++) {
                counts[groups[i]] += others[i];
            }
        }

        @Override
        Object result(int group) {
            return counts[group];
        }

        @Override
        void save(int group, StateOutput out) {
            out.putLong(counts[group]);
        }

        @Override
        void load(int group, StateInput in) {
            counts[group] = in.getLong();
        }

        @Override
        void clear() {
            Arrays.fill(counts, 0);
        }
    }

    /** An object for each group. */
    static final class Objects extends GroupValues {
        private final Supplier<Accumulator> maker;
        private final int arguments;
        private @Nullable Accumulator[] accumulators = new @Nullable Accumulator[0];

        Objects(Supplier<Accumulator> maker, int arguments) {
            this.maker = maker;
            this.arguments = arguments;
        }

        @Override
        void reserve(int groups) {
            if (groups > accumulators.length) {
                accumulators = Arrays.copyOf(accumulators, Math.max(groups, 2 * accumulators.length));
            }
        }

        private Accumulator of(int group) {
            Accumulator known = accumulators[group];
            if (known == null) {
                known = maker.get();
                accumulators[group] = known;
            }
            return known;
        }

        @Override
        void add(GroupedBatch rows, int from) {
            for (int i = 0; i < rows.size(); i++) {
                try {
                    of(rows.groups()[i]).add(rows.batch(), from, arguments, rows.places()[i]);
                } catch (Exception | Error e) {
                    rows.refused(i, e);
                }
            }
        }

        @Override
        void add(int group, @Nullable Object[] values) throws Exception {
            of(group).add(values);
        }

        @Override
        void merge(int[] groups, GroupValues later, int from, int to) throws Exception {
            Objects others = (Objects) later;
            for (int i = from; i < to; i++) {
                of(groups[i]).merge(others.of(i));
            }
        }

        @Override
        @Nullable
        Object result(int group) throws Exception {
            return of(group).result();
        }

        @Override
        void save(int group, StateOutput out) {
            of(group).save(out);
        }

        @Override
        void load(int group, StateInput in) {
            of(group).load(in);
        }

        @Override
        void clear() {
            Arrays.fill(accumulators, null);
        }
    }

    /** A function that keeps what it knows in arrays, and has one argument. */
    static final class InArrays extends GroupValues {
        private final AggregateFunction<State> function;
        private final GroupedStates<State> states;
        private final Accumulator.OfFunction.Arguments wrapping;

        InArrays(GroupedAggregate<State> function, Accumulator.OfFunction.Arguments wrapping) {
            this.function = function;
            this.states = function.grouped();
            this.wrapping = wrapping;
        }

        @Override
        void reserve(int groups) {
            states.reserve(groups);
        }

        @Override
        void add(GroupedBatch rows, int from) {
            byte[] tags = rows.batch().column(from).tags();
            int[] places = rows.places();
            int size = rows.size();
            for (int i = 0; i < size; ) {
                byte tag = tags[places[i]];
                int end = i + 1;
                while (end < size && tags[places[end]] == tag) {
                    end++;
                }
                add(rows, from, tag, i, end);
                i = end;
            }
        }

        /** Adds rows whose arguments are of one type. */
        private void add(GroupedBatch rows, int column, byte tag, int from, int to) {
            long[] bits = rows.batch().column(column).bits();
            int[] places = rows.places();
            boolean wholes = tag == ColumnVector.LONG;
            boolean fractions = tag == ColumnVector.DOUBLE;
            for (int i = from; i < to && wholes; i++) {
                rows.longs()[i] = bits[places[i]];
            }
            for (int i = from; i < to && fractions; i++) {
                rows.doubles()[i] = Double.longBitsToDouble(bits[places[i]]);
            }
            for (int i = from; i < to; i++) {
                try {
                    if (wholes) {
                        i = states.addLongs(rows.groups(), rows.longs(), i, to);
                    } else if (fractions) {
                        i = states.addDoubles(rows.groups(), rows.doubles(), i, to);
                    }
                    if (i < to) {
                        add(rows.groups()[i], value(rows.batch(), column, places[i]));
                    }
                } catch (Exception | Error e) {
                    rows.refused(i, e);
                }
            }
        }

        private static @Nullable Object[] value(ColumnBatch batch, int column, int row) {
            Object value = batch.column(column).get(row);
            return new @Nullable Object[] {value == Missing.VALUE ? null : value};
        }

        @Override
        void add(int group, @Nullable Object[] arguments) throws Exception {
            State state = states.get(group);
            function.add(state, wrapping.of(arguments));
            states.put(group, state);
        }

        @Override
        void merge(int[] groups, GroupValues later, int from, int to) throws Exception {
            GroupedStates<State> others = ((InArrays) later).states;
            for (int i = from; i < to; i++) {
                i = states.merge(groups, others, i, to);
                if (i < to) {
                    State state = states.get(groups[i]);
                    function.merge(state, others.get(i));
                    states.put(groups[i], state);
                }
            }
        }

        @Override
        @Nullable
        Object result(int group) throws Exception {
            return Accumulator.asResult(states.result(group));
        }

        @Override
        void save(int group, StateOutput out) {
            out.putState(states.get(group));
        }

        @Override
        void load(int group, StateInput in) {
            states.put(group, in.getState(function.create()));
        }

        @Override
        void clear() {
            states.clear();
        }
    }
}
