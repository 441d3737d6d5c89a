package io.varuna.plugin.functions.aggregate;

import io.varuna.api.function.Args;
import io.varuna.api.function.GroupedAggregate;
import io.varuna.api.function.GroupedStates;
import org.jspecify.annotations.Nullable;

/** Adds numbers. */
final class Sum implements GroupedAggregate<ExactSum> {
    @Override
    public ExactSum create() {
        return new ExactSum();
    }

    @Override
    public GroupedStates<ExactSum> grouped() {
        return new ExactSums(false);
    }

    @Override
    public void add(ExactSum sum, Args args) {
        Number value = Arguments.number(args, 0, "sum", "value");
        if (value != null) {
            sum.add(value);
        }
    }

    @Override
    public void addLong(ExactSum sum, long value) {
        sum.add(value);
    }

    @Override
    public void addDouble(ExactSum sum, double value) {
        sum.add(value);
    }

    @Override
    public void retract(ExactSum sum, Args args) {
        Number value = Arguments.number(args, 0, "sum", "value");
        if (value != null) {
            sum.subtract(value);
        }
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
    public void merge(ExactSum sum, ExactSum other) {
        sum.merge(other);
    }

    @Override
    public @Nullable Object result(ExactSum sum) {
        return sum.result();
    }
}
