package io.varuna.plugin.functions.aggregate;

import io.varuna.api.function.Args;
import io.varuna.api.function.GroupedAggregate;
import io.varuna.api.function.GroupedStates;
import io.varuna.api.state.State;
import io.varuna.api.state.StateReader;
import io.varuna.api.state.StateWriter;

/** Counts rows. */
final class Count implements GroupedAggregate<Count.Rows> {
    static final class Rows implements State {
        private long count;

        Rows(long count) {
            this.count = count;
        }

        long count() {
            return count;
        }

        @Override
        public void save(StateWriter out) {
            out.putLong(count);
        }

        @Override
        public void load(StateReader in) {
            count = in.getLong();
        }
    }

    @Override
    public Rows create() {
        return new Rows(0);
    }

    @Override
    public GroupedStates<Rows> grouped() {
        return new Counts();
    }

    @Override
    public void add(Rows rows, Args args) {
        rows.count += counts(args) ? 1 : 0;
    }

    @Override
    public void addLong(Rows rows, long value) {
        rows.count++;
    }

    @Override
    public void addDouble(Rows rows, double value) {
        rows.count++;
    }

    @Override
    public void retract(Rows rows, Args args) {
        rows.count -= counts(args) ? 1 : 0;
    }

    @Override
    public boolean retracts() {
        return true;
    }

    @Override
    public boolean retractsAny() {
        return true;
    }

    @Override
    public void merge(Rows rows, Rows other) {
        rows.count += other.count;
    }

    @Override
    public Object result(Rows rows) {
        return rows.count;
    }

    private static boolean counts(Args args) {
        return args.size() == 0 || !args.isNull(0);
    }
}
