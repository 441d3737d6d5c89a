package io.varuna.plugin.functions.aggregate;

import io.varuna.api.function.AggregateFunction;
import io.varuna.api.function.Args;
import org.jspecify.annotations.Nullable;

/** Returns the number in the middle. */
final class Median implements AggregateFunction<NumberList> {
    @Override
    public NumberList create() {
        return new NumberList();
    }

    @Override
    public void add(NumberList numbers, Args args) {
        Number value = Arguments.number(args, 0, "median", "value");
        if (value != null) {
            numbers.add(value);
        }
    }

    @Override
    public void retract(NumberList numbers, Args args) {
        if (!args.isNull(0)) {
            numbers.removeOldest();
        }
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
    public void merge(NumberList numbers, NumberList other) {
        numbers.addAll(other);
    }

    @Override
    public @Nullable Object result(NumberList numbers) {
        if (numbers.isEmpty()) {
            return null;
        }
        Number[] sorted = numbers.sorted();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (Number) Percentile.mean(sorted[middle - 1], sorted[middle]);
    }
}
