package io.varuna.plugin.functions.analytic;

import io.varuna.api.data.Values;
import io.varuna.api.function.AnalyticFunction;
import io.varuna.api.function.Args;
import io.varuna.api.state.State;
import io.varuna.api.state.StateReader;
import io.varuna.api.state.StateWriter;
import org.jspecify.annotations.Nullable;

/** Returns the value where it is another one than before. */
final class ChangedColumn implements AnalyticFunction<ChangedColumn.Last> {
    static final class Last implements State {
        private @Nullable Object value;

        @Override
        public void save(StateWriter out) {
            out.putValue(value);
        }

        @Override
        public void load(StateReader in) {
            value = in.getValue();
        }
    }

    @Override
    public Last create() {
        return new Last();
    }

    @Override
    public @Nullable Object apply(Last last, Args args) {
        boolean ignoreNull = Arguments.holds(args, 0, "changed_col", "ignore_null");
        Object value = args.get(1);
        if ((value == null && ignoreNull) || Values.equal(last.value, value)) {
            return null;
        }
        last.value = value;
        return value;
    }
}
