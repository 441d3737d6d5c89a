package io.varuna.plugin.functions.aggregate;

import io.varuna.api.function.Args;
import io.varuna.api.state.StateReader;
import io.varuna.api.state.StateWriter;

/** Returns the number below which a fraction of the numbers lies. */
final class Percentile extends NumbersAggregate<Percentile.Numbers> {
    static final class Numbers extends NumberList {
        private double fraction;

        @Override
        public void save(StateWriter out) {
            super.save(out);
            out.putDouble(fraction);
        }

        @Override
        public void load(StateReader in) {
            super.load(in);
            fraction = in.getDouble();
        }
    }

    private final String name;
    private final boolean continuous;

    Percentile(String name, boolean continuous) {
        this.name = name;
        this.continuous = continuous;
    }

    static boolean isFraction(double number) {
        return number >= 0 && number <= 1;
    }

    static double mean(Number one, Number other) {
        // halves first: the sum of two large numbers may not be a double
        return one.doubleValue() / 2 + other.doubleValue() / 2;
    }

    @Override
    public Numbers create() {
        return new Numbers();
    }

    @Override
    public void add(Numbers numbers, Args args) {
        Number value = Arguments.number(args, 0, name, "value");
        if (value == null) {
            return;
        }
        Number fraction = Arguments.number(args, 1, name, "fraction");
        if (fraction == null || !isFraction(fraction.doubleValue())) {
            throw Arguments.misfit(name, "fraction", "a number from 0 to 1", fraction);
        }
        numbers.add(value);
        numbers.fraction = fraction.doubleValue();
    }

    @Override
    public void merge(Numbers numbers, Numbers other) {
        if (!other.isEmpty()) {
            numbers.addAll(other);
            numbers.fraction = other.fraction;
        }
    }

    @Override
    Number of(Numbers numbers) {
        Number[] sorted = numbers.sorted();
        double rank = numbers.fraction * sorted.length;
        if (!continuous) {
            return sorted[Math.max(0, (int) Math.ceil(rank) - 1)];
        }
        int whole = (int) rank;
        if (whole == 0) {
            return sorted[0].doubleValue();
        }
        return rank == whole ? sorted[whole - 1].doubleValue() : mean(sorted[whole - 1], sorted[whole]);
    }
}
