package io.varuna.plugin.functions.aggregate;

import io.varuna.api.function.AggregateFunction;
import io.varuna.api.function.Args;
import io.varuna.api.state.State;
import io.varuna.api.state.StateReader;
import io.varuna.api.state.StateWriter;
import java.math.BigDecimal;
import java.math.MathContext;
import org.jspecify.annotations.Nullable;

/** Returns how far numbers are from their mean. */
final class Variance implements AggregateFunction<Variance.Moments> {
    private final String name;
    private final boolean sample;
    private final boolean root;

    /**
     * Creates the function.
     *
     * @param sample whether the numbers are a sample, otherwise the whole population
     * @param root whether to return the standard deviation
     */
    Variance(String name, boolean sample, boolean root) {
        this.name = name;
        this.sample = sample;
        this.root = root;
    }

    static final class Moments implements State {
        private final ExactSum sum = new ExactSum();
        private final ExactSum squares = new ExactSum();

        @Override
        public void save(StateWriter out) {
            sum.save(out);
            squares.save(out);
        }

        @Override
        public void load(StateReader in) {
            sum.load(in);
            squares.load(in);
        }
    }

    @Override
    public Moments create() {
        return new Moments();
    }

    @Override
    public void add(Moments moments, Args args) {
        Number value = Arguments.number(args, 0, name, "value");
        if (value != null) {
            // as a double in both sums, or they would not fit together
            moments.sum.add(value.doubleValue());
            moments.squares.addSquare(value);
        }
    }

    @Override
    public void retract(Moments moments, Args args) {
        Number value = Arguments.number(args, 0, name, "value");
        if (value != null) {
            moments.sum.subtract(value.doubleValue());
            moments.squares.subtractSquare(value);
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
    public void merge(Moments moments, Moments other) {
        moments.sum.merge(other.sum);
        moments.squares.merge(other.squares);
    }

    @Override
    public @Nullable Object result(Moments moments) {
        long count = moments.sum.count();
        if (count == 0 || (sample && count == 1)) {
            return null;
        }
        if (!moments.sum.isFinite()) {
            return Double.NaN;
        }
        BigDecimal n = BigDecimal.valueOf(count);
        BigDecimal sum = moments.sum.exactValue();
        BigDecimal spread = moments.squares.exactValue().multiply(n).subtract(sum.multiply(sum));
        BigDecimal divisor = n.multiply(BigDecimal.valueOf(sample ? count - 1 : count));
        double variance = spread.divide(divisor, MathContext.DECIMAL128).doubleValue();
        return root ? Math.sqrt(variance) : variance;
    }
}
