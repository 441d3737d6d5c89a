package io.varuna.plugin.functions.aggregate;

import io.varuna.api.function.AggregateFunction;
import io.varuna.api.function.Args;
import io.varuna.api.state.State;
import io.varuna.api.state.StateReader;
import io.varuna.api.state.StateWriter;
import org.jspecify.annotations.Nullable;

/** Returns the value that came last. */
final class LastValue implements AggregateFunction<LastValue.Last> {
    static final class Last implements State {
        private @Nullable Object value;
        private boolean any;

        @Override
        public void save(StateWriter out) {
            out.putLong(any ? 1 : 0).putValue(value);
        }

        @Override
        public void load(StateReader in) {
            any = in.getLong() != 0;
            value = in.getValue();
        }
    }

    @Override
    public Last create() {
        return new Last();
    }

    @Override
    public void add(Last last, Args args) {
        boolean ignoreNull = Arguments.bool(args, 1, "last_value", "ignore_null");
        Object value = args.get(0);
        if (value != null || !ignoreNull) {
            last.value = value;
            last.any = true;
        }
    }

    @Override
    public void merge(Last last, Last other) {
        if (other.any) {
            last.value = other.value;
            last.any = true;
        }
    }

    @Override
    public @Nullable Object result(Last last) {
        return last.value;
    }
}
