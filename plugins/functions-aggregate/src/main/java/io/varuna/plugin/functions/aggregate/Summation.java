package io.varuna.plugin.functions.aggregate;

import io.varuna.api.function.Args;
import io.varuna.api.function.GroupedAggregate;

/** Adds numbers without rounding; what is made of the sum is up to the function. */
abstract class Summation implements GroupedAggregate<ExactSum> {
    private final String function;

    /**
     * Creates the aggregate.
     *
     * @param function its name, for errors
     */
    Summation(String function) {
        this.function = function;
    }

    @Override
    public final ExactSum create() {
        return new ExactSum();
    }

    @Override
    public final void add(ExactSum sum, Args args) {
        Number value = Arguments.number(args, 0, function, "value");
        if (value != null) {
            sum.add(value);
        }
    }

    @Override
    public final void addLong(ExactSum sum, long value) {
        sum.add(value);
    }

    @Override
    public final void addDouble(ExactSum sum, double value) {
        sum.add(value);
    }

    @Override
    public final void retract(ExactSum sum, Args args) {
        Number value = Arguments.number(args, 0, function, "value");
        if (value != null) {
            sum.subtract(value);
        }
    }

    @Override
    public final boolean retracts() {
        return true;
    }

    @Override
    public final boolean retractsAny() {
        return true;
    }

    @Override
    public final void merge(ExactSum sum, ExactSum other) {
        sum.merge(other);
    }
}
