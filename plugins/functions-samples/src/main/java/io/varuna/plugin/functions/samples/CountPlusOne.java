package io.varuna.plugin.functions.samples;

import io.varuna.api.function.AggregateFunction;
import io.varuna.api.function.Args;

/** Counts rows, also those with NULL, and one more. */
final class CountPlusOne implements AggregateFunction<Tally> {
    @Override
    public Tally create() {
        return new Tally();
    }

    @Override
    public void add(Tally rows, Args args) {
        rows.add(1);
    }

    @Override
    public void retract(Tally rows, Args args) {
        rows.add(-1);
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
    public void merge(Tally rows, Tally other) {
        rows.add(other.count());
    }

    @Override
    public Object result(Tally rows) {
        return rows.count() + 1;
    }
}
