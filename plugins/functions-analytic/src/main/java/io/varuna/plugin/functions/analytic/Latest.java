package io.varuna.plugin.functions.analytic;

import io.varuna.api.function.AnalyticFunction;
import io.varuna.api.function.Args;
import io.varuna.api.state.State;
import io.varuna.api.state.StateReader;
import io.varuna.api.state.StateWriter;
import org.jspecify.annotations.Nullable;

/** Returns the last value that was not NULL. */
final class Latest implements AnalyticFunction<Latest.Seen> {
    static final class Seen implements State {
        private @Nullable Object value;
        private @Nullable Object otherwise;

        private @Nullable Object get() {
            return value == null ? otherwise : value;
        }

        @Override
        public void save(StateWriter out) {
            out.putValue(value).putValue(otherwise);
        }

        @Override
        public void load(StateReader in) {
            value = in.getValue();
            otherwise = in.getValue();
        }
    }

    @Override
    public Seen create() {
        return new Seen();
    }

    @Override
    public @Nullable Object apply(Seen seen, Args args) {
        seen.otherwise = args.size() > 1 ? args.get(1) : null;
        if (!args.isNull(0)) {
            seen.value = args.get(0);
        }
        return seen.get();
    }

    @Override
    public @Nullable Object skip(Seen seen) {
        return seen.get();
    }
}
