package io.varuna.plugin.functions.analytic;

import io.varuna.api.function.AnalyticFunction;
import io.varuna.api.function.Args;
import io.varuna.api.state.State;
import io.varuna.api.state.StateReader;
import io.varuna.api.state.StateWriter;
import org.jspecify.annotations.Nullable;

/** Gathers numbers over the life of a rule, or between two conditions. */
final class Accumulate implements AnalyticFunction<Accumulate.Numbers> {
    static final class Numbers implements State {
        private boolean active;
        private long count;
        private double sum;

        /** What rounding took from the sum so far: sums run for years. */
        private double lost;

        private double least;
        private double greatest;

        private void clear() {
            count = 0;
            sum = 0;
            lost = 0;
            least = 0;
            greatest = 0;
        }

        private void add(double number) {
            least = count == 0 ? number : Math.min(least, number);
            greatest = count == 0 ? number : Math.max(greatest, number);
            double total = sum + number;
            lost += Math.abs(sum) >= Math.abs(number) ? (sum - total) + number : (number - total) + sum;
            sum = total;
            count++;
        }

        @Override
        public void save(StateWriter out) {
            out.putLong(active ? 1 : 0).putLong(count).putDouble(sum).putDouble(lost);
            out.putDouble(least).putDouble(greatest);
        }

        @Override
        public void load(StateReader in) {
            active = in.getLong() != 0;
            count = in.getLong();
            sum = in.getDouble();
            lost = in.getDouble();
            least = in.getDouble();
            greatest = in.getDouble();
        }
    }

    private final Accumulator kind;

    Accumulate(Accumulator kind) {
        this.kind = kind;
    }

    @Override
    public Numbers create() {
        return new Numbers();
    }

    @Override
    public Object apply(Numbers numbers, Args args) {
        boolean between = args.size() > 2;
        if (between && !numbers.active) {
            numbers.clear();
            numbers.active = Arguments.holds(args, 1, kind.ruleName(), "begin");
            if (!numbers.active) {
                return result(numbers);
            }
        }
        add(numbers, args.get(0));
        if (between && Arguments.holds(args, 2, kind.ruleName(), "reset")) {
            // the row that ends it still counts
            numbers.active = false;
        }
        return result(numbers);
    }

    @Override
    public Object skip(Numbers numbers) {
        return result(numbers);
    }

    private void add(Numbers numbers, @Nullable Object value) {
        if (value == null) {
            return;
        }
        if (kind == Accumulator.COUNT) {
            numbers.count++;
        } else if (value instanceof Number number) {
            numbers.add(number.doubleValue());
        } else {
            throw Arguments.misfit(kind.ruleName(), "value", "a number", value);
        }
    }

    private Object result(Numbers numbers) {
        return switch (kind) {
            case SUM -> numbers.sum + numbers.lost;
            case AVG -> numbers.count == 0 ? 0.0 : (numbers.sum + numbers.lost) / numbers.count;
            case MIN -> numbers.least;
            case MAX -> numbers.greatest;
            case COUNT -> (Object) numbers.count;
        };
    }
}
