package io.varuna.plugin.functions.analytic;

import io.varuna.api.data.Values;
import io.varuna.api.function.AnalyticFunction;
import io.varuna.api.function.Args;
import io.varuna.api.state.State;
import io.varuna.api.state.StateReader;
import io.varuna.api.state.StateWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Returns the columns whose values are others than before. */
final class ChangedColumns implements AnalyticFunction<ChangedColumns.Last> {
    static final class Last implements State {
        private final Map<String, @Nullable Object> columns = new LinkedHashMap<>();

        @Override
        public void save(StateWriter out) {
            out.putLong(columns.size());
            columns.forEach((name, value) -> out.putValue(name).putValue(value));
        }

        @Override
        public void load(StateReader in) {
            columns.clear();
            for (long left = in.getLong(); left > 0; left--) {
                columns.put(String.valueOf(in.getValue()), in.getValue());
            }
        }
    }

    @Override
    public Last create() {
        return new Last();
    }

    @Override
    public @Nullable Object apply(Last last, Args args) {
        if (args.isNull(0)) {
            return null;
        }
        if (!(args.get(0) instanceof String prefix)) {
            throw Arguments.misfit("changed_cols", "prefix", "a text", args.get(0));
        }
        boolean ignoreNull = Arguments.holds(args, 1, "changed_cols", "ignore_null");
        Map<String, @Nullable Object> changed = new LinkedHashMap<>();
        for (int i = 2; i < args.size(); i++) {
            Object columns = args.get(i);
            if (columns instanceof Map<?, ?> object) {
                object.forEach((name, value) -> {
                    String column = String.valueOf(name);
                    if ((value != null || !ignoreNull) && !Values.equal(last.columns.get(column), value)) {
                        last.columns.put(column, value);
                        changed.put(prefix + column, value);
                    }
                });
            } else if (columns != null) {
                throw Arguments.misfit("changed_cols", "columns", "columns or *", columns);
            }
        }
        return changed.isEmpty() ? null : changed;
    }
}
