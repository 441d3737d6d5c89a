package io.varuna.engine;

import io.varuna.api.function.Args;
import io.varuna.api.function.GroupedAggregate;
import io.varuna.api.function.GroupedStates;
import io.varuna.api.state.State;
import io.varuna.api.state.StateReader;
import io.varuna.api.state.StateWriter;
import java.util.Arrays;

/** Sums up halves, in arrays as well. There it leaves what is below zero to the plain way; anything but numbers it refuses. */
final class TestTotal implements GroupedAggregate<TestTotal.Halves> {
    static final class Halves implements State {
        private long halves;

        @Override
        public void save(StateWriter out) {
            out.putLong(halves);
        }

        @Override
        public void load(StateReader in) {
            halves = in.getLong();
        }
    }

    @Override
    public Halves create() {
        return new Halves();
    }

    @Override
    public void add(Halves total, Args args) {
        if (args.get(0) instanceof Number number) {
            total.halves += Math.round(2 * number.doubleValue());
        } else if (args.get(0) != null) {
            throw new IllegalArgumentException("no number: " + args.get(0));
        }
    }

    @Override
    public void addLong(Halves total, long value) {
        total.halves += 2 * value;
    }

    @Override
    public void addDouble(Halves total, double value) {
        total.halves += Math.round(2 * value);
    }

    @Override
    public void merge(Halves total, Halves other) {
        total.halves += other.halves;
    }

    @Override
    public Object result(Halves total) {
        if (total.halves % 17 == 0) {
            throw new IllegalStateException("not " + total.halves);
        }
        return total.halves / 2.0;
    }

    @Override
    public GroupedStates<Halves> grouped() {
        return new InArrays();
    }

    private final class InArrays implements GroupedStates<Halves> {
        private long[] halves = new long[1];

        @Override
        public void reserve(int groups) {
            if (groups > halves.length) {
                halves = Arrays.copyOf(halves, 2 * groups);
            }
        }

        @Override
        public int addLongs(int[] groups, long[] values, int from, int to) {
            for (int i = from; i < to; i++) {
                if (values[i] < 0) {
                    return i;
                }
                halves[groups[i]] += 2 * values[i];
            }
            return to;
        }

        @Override
        public int addDoubles(int[] groups, double[] values, int from, int to) {
            for (int i = from; i < to; i++) {
                if (values[i] < 0) {
                    return i;
                }
                halves[groups[i]] += Math.round(2 * values[i]);
            }
            return to;
        }

        @Override
        public int merge(int[] groups, GroupedStates<Halves> later, int from, int to) {
            for (int i = from; i < to; i++) {
                long other = ((InArrays) later).halves[i];
                if (other < 0) {
                    return i;
                }
                halves[groups[i]] += other;
            }
            return to;
        }

        @Override
        public Halves get(int group) {
            Halves state = new Halves();
            state.halves = halves[group];
            return state;
        }

        @Override
        public void put(int group, Halves state) {
            halves[group] = state.halves;
        }

        @Override
        public Object result(int group) {
            return TestTotal.this.result(get(group));
        }

        @Override
        public void clear() {
            Arrays.fill(halves, 0);
        }
    }
}
