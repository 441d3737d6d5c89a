package io.varuna.engine.aggregate;

import io.varuna.api.data.Missing;
import io.varuna.api.function.AggregateFunction;
import io.varuna.api.function.Args;
import io.varuna.api.function.NumberAggregate;
import io.varuna.api.state.State;
import io.varuna.engine.data.ColumnBatch;
import io.varuna.engine.data.ColumnVector;
import io.varuna.engine.state.StateInput;
import io.varuna.engine.state.StateOutput;
import org.jspecify.annotations.Nullable;

/** What is known of the rows of one group by one call. */
abstract class Accumulator {
    abstract void add(@Nullable Object[] arguments) throws Exception;

    /** Adds a row whose arguments are columns of a batch. */
    void add(ColumnBatch batch, int from, int arguments, int row) throws Exception {
        @Nullable Object[] values = new @Nullable Object[arguments];
        for (int i = 0; i < arguments; i++) {
            Object value = batch.column(from + i).get(row);
            values[i] = value == Missing.VALUE ? null : value;
        }
        add(values);
    }

    /** Takes back the oldest row; only where {@link AggregateCalls#retracts()}. */
    abstract void retract(@Nullable Object[] arguments) throws Exception;

    /** Adds what another one holds, as rows that came later. */
    abstract void merge(Accumulator other) throws Exception;

    abstract @Nullable Object result() throws Exception;

    /** Returns what a function returned as values are inside of the engine. */
    static @Nullable Object asResult(@Nullable Object result) {
        return result instanceof Integer number ? (Object) number.longValue() : result;
    }

    abstract void save(StateOutput out);

    abstract void load(StateInput in);

    /** Counts rows. */
    static final class CountRows extends Accumulator {
        private long count;

        @Override
        void add(@Nullable Object[] arguments) {
            count++;
        }

        @Override
        void add(ColumnBatch batch, int from, int arguments, int row) {
            count++;
        }

        @Override
        void retract(@Nullable Object[] arguments) {
            count--;
        }

        @Override
        void merge(Accumulator other) {
            count += ((CountRows) other).count;
        }

        @Override
        Object result() {
            return count;
        }

        @Override
        void save(StateOutput out) {
            out.putLong(count);
        }

        @Override
        void load(StateInput in) {
            count = in.getLong();
        }
    }

    /** Keeps a value of the first row, be it missing. */
    static final class FirstRow extends Accumulator {
        private boolean seen;
        private @Nullable Object value = Missing.VALUE;

        @Override
        void add(@Nullable Object[] arguments) {
            if (!seen) {
                seen = true;
                value = arguments[0];
            }
        }

        @Override
        void add(ColumnBatch batch, int from, int arguments, int row) {
            if (!seen) {
                seen = true;
                value = batch.column(from).get(row);
            }
        }

        @Override
        void retract(@Nullable Object[] arguments) {
            throw new UnsupportedOperationException("the second row is not known");
        }

        @Override
        void merge(Accumulator other) {
            FirstRow later = (FirstRow) other;
            if (!seen && later.seen) {
                seen = true;
                value = later.value;
            }
        }

        @Override
        @Nullable
        Object result() {
            return value;
        }

        @Override
        void save(StateOutput out) {
            out.putValue(seen).putValue(value);
        }

        @Override
        void load(StateInput in) {
            seen = Boolean.TRUE.equals(in.getValue());
            value = in.getValue();
        }
    }

    /** Asks a function of a plugin. */
    static final class OfFunction extends Accumulator {
        private final AggregateFunction<State> function;
        private final @Nullable NumberAggregate<State> ofNumbers;
        private final State state;
        private final Arguments arguments;

        /** Wraps values as the arguments of a call. */
        @FunctionalInterface
        interface Arguments {
            Args of(@Nullable Object[] values);
        }

        OfFunction(AggregateFunction<State> function, Arguments arguments) {
            this.function = function;
            this.ofNumbers = function instanceof NumberAggregate<State> numbers ? numbers : null;
            this.state = function.create();
            this.arguments = arguments;
        }

        @Override
        void add(@Nullable Object[] values) throws Exception {
            function.add(state, arguments.of(values));
        }

        @Override
        void add(ColumnBatch batch, int from, int count, int row) throws Exception {
            ColumnVector column = ofNumbers != null && count == 1 ? batch.column(from) : null;
            byte tag = column == null ? ColumnVector.OBJECT : column.tag(row);
            if (ofNumbers != null && column != null && tag == ColumnVector.LONG) {
                ofNumbers.addLong(state, column.longAt(row));
            } else if (ofNumbers != null && column != null && tag == ColumnVector.DOUBLE) {
                ofNumbers.addDouble(state, column.doubleAt(row));
            } else {
                super.add(batch, from, count, row);
            }
        }

        @Override
        void retract(@Nullable Object[] values) throws Exception {
            function.retract(state, arguments.of(values));
        }

        @Override
        void merge(Accumulator other) throws Exception {
            function.merge(state, ((OfFunction) other).state);
        }

        @Override
        @Nullable
        Object result() throws Exception {
            return asResult(function.result(state));
        }

        @Override
        void save(StateOutput out) {
            out.putState(state);
        }

        @Override
        void load(StateInput in) {
            in.getState(state);
        }
    }
}
