package io.varuna.plugin.functions.aggregate;

import io.varuna.api.data.Conversions;
import io.varuna.api.data.Values;
import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.api.function.Args;
import io.varuna.api.function.GroupedAggregate;
import io.varuna.api.function.GroupedStates;
import io.varuna.api.state.State;
import io.varuna.api.state.StateReader;
import io.varuna.api.state.StateWriter;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Returns the greatest or least of values that can be compared. */
final class Extreme implements GroupedAggregate<Extreme.Best> {
    /** Which value wins. */
    enum Side {
        GREATEST,
        LEAST
    }

    static final class Best implements State {
        private @Nullable Object value;

        Best(@Nullable Object value) {
            this.value = value;
        }

        @Nullable
        Object value() {
            return value;
        }

        @Override
        public void save(StateWriter out) {
            out.putValue(value);
        }

        @Override
        public void load(StateReader in) {
            value = in.getValue();
        }
    }

    private final String name;
    private final Side side;

    Extreme(String name, Side side) {
        this.name = name;
        this.side = side;
    }

    @Override
    public Best create() {
        return new Best(null);
    }

    @Override
    public GroupedStates<Best> grouped() {
        return new Extremes(side);
    }

    @Override
    public void add(Best best, Args args) {
        offer(best, args.get(0));
    }

    @Override
    public void addLong(Best best, long value) {
        boolean worse =
                best.value instanceof Long current && (side == Side.GREATEST ? value <= current : value >= current);
        if (!worse) {
            offer(best, value);
        }
    }

    @Override
    public void addDouble(Best best, double value) {
        // false for NaN, which has a place of its own
        boolean worse =
                best.value instanceof Double current && (side == Side.GREATEST ? value < current : value > current);
        if (!worse) {
            offer(best, value);
        }
    }

    @Override
    public void merge(Best best, Best other) {
        offer(best, other.value);
    }

    @Override
    public @Nullable Object result(Best best) {
        return best.value;
    }

    private void offer(Best best, @Nullable Object value) {
        if (value == null) {
            return;
        }
        if (!(value instanceof Number || value instanceof String || value instanceof Instant)) {
            throw Arguments.misfit(name, "value", "a number, text or datetime", value);
        }
        Object current = best.value;
        if (current == null) {
            best.value = value;
            return;
        }
        if (!Values.comparable(current, value)) {
            throw new VarunaException(
                    StandardError.EVALUATION_FAILED,
                    "'" + name + "' takes values of one kind, not " + Conversions.describe(current) + " and "
                            + Conversions.describe(value));
        }
        int order = Values.compare(value, current);
        if (side == Side.GREATEST ? order > 0 : order < 0) {
            best.value = value;
        }
    }
}
