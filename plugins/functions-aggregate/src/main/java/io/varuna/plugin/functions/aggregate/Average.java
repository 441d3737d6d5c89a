package io.varuna.plugin.functions.aggregate;

import io.varuna.api.function.AggregateFunction;
import io.varuna.api.function.Args;
import org.jspecify.annotations.Nullable;

/** Returns the mean of numbers. */
final class Average implements AggregateFunction<ExactSum> {
    @Override
    public ExactSum create() {
        return new ExactSum();
    }

    @Override
    public void add(ExactSum sum, Args args) {
        Number value = Arguments.number(args, 0, "avg", "value");
        if (value != null) {
            sum.add(value);
        }
    }

    @Override
    public void retract(ExactSum sum, Args args) {
        Number value = Arguments.number(args, 0, "avg", "value");
        if (value != null) {
            sum.subtract(value);
        }
    }

    @Override
    public boolean retracts() {
        return true;
    }

    @Override
    public void merge(ExactSum sum, ExactSum other) {
        sum.merge(other);
    }

    @Override
    public @Nullable Object result(ExactSum sum) {
        if (sum.count() == 0) {
            return null;
        }
        return sum.doubleValue() / sum.count();
    }
}
