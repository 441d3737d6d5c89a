package io.varuna.plugin.functions.aggregate;

import io.varuna.api.function.Args;

/** Returns the number in the middle. */
final class Median extends NumbersAggregate<NumberList> {
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
    public void merge(NumberList numbers, NumberList other) {
        numbers.addAll(other);
    }

    @Override
    Number of(NumberList numbers) {
        Number[] sorted = numbers.sorted();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : Percentile.mean(sorted[middle - 1], sorted[middle]);
    }
}
