package io.varuna.plugin.functions.aggregate;

import io.varuna.api.data.Missing;
import io.varuna.api.function.AggregateFunction;
import io.varuna.api.function.Args;
import io.varuna.api.state.State;
import io.varuna.api.state.StateReader;
import io.varuna.api.state.StateWriter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gathers values in an array. */
final class Collect implements AggregateFunction<Collect.Gathered> {
    static final class Gathered implements State {
        /** A deque takes no null; MISSING stands for it. */
        private final ArrayDeque<Object> values = new ArrayDeque<>();

        private static @Nullable Object unmasked(Object value) {
            return value == Missing.VALUE ? null : value;
        }

        private void add(@Nullable Object value) {
            values.addLast(value == null ? Missing.VALUE : value);
        }

        @Override
        public void save(StateWriter out) {
            out.putLong(values.size());
            values.forEach(value -> out.putValue(unmasked(value)));
        }

        @Override
        public void load(StateReader in) {
            values.clear();
            for (long left = in.getLong(); left > 0; left--) {
                add(in.getValue());
            }
        }
    }

    @Override
    public Gathered create() {
        return new Gathered();
    }

    @Override
    public void add(Gathered gathered, Args args) {
        gathered.add(args.get(0));
    }

    @Override
    public void retract(Gathered gathered, Args args) {
        gathered.values.removeFirst();
    }

    @Override
    public boolean retracts() {
        return true;
    }

    @Override
    public boolean keepsRows() {
        return true;
    }

    @Override
    public void merge(Gathered gathered, Gathered other) {
        gathered.values.addAll(other.values);
    }

    @Override
    public Object result(Gathered gathered) {
        List<@Nullable Object> list = new ArrayList<>(gathered.values.size());
        gathered.values.forEach(value -> list.add(Gathered.unmasked(value)));
        return list;
    }
}
