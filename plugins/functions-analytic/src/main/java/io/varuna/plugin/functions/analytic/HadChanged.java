package io.varuna.plugin.functions.analytic;

import io.varuna.api.data.Values;
import io.varuna.api.function.AnalyticFunction;
import io.varuna.api.function.Args;
import io.varuna.api.state.State;
import io.varuna.api.state.StateReader;
import io.varuna.api.state.StateWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells whether a value is another one than before. */
final class HadChanged implements AnalyticFunction<HadChanged.Last> {
    static final class Last implements State {
        private final List<@Nullable Object> values = new ArrayList<>();

        @Override
        public void save(StateWriter out) {
            out.putLong(values.size());
            values.forEach(out::putValue);
        }

        @Override
        public void load(StateReader in) {
            values.clear();
            for (long left = in.getLong(); left > 0; left--) {
                values.add(in.getValue());
            }
        }
    }

    @Override
    public Last create() {
        return new Last();
    }

    @Override
    public Object apply(Last last, Args args) {
        boolean ignoreNull = Arguments.holds(args, 0, "had_changed", "ignore_null");
        boolean changed = false;
        for (int i = 1; i < args.size(); i++) {
            if (last.values.size() < i) {
                last.values.add(null);
            }
            Object before = last.values.get(i - 1);
            Object after = args.get(i);
            if (before instanceof Map<?, ?> old && after instanceof Map<?, ?> members && ignoreNull) {
                after = withOld(old, members);
            }
            if ((after != null || !ignoreNull) && !Values.equal(before, after)) {
                last.values.set(i - 1, after);
                changed = true;
            }
        }
        return changed;
    }

    /** Returns the members, with the old value of those that are NULL: what is ignored has not changed. */
    private static Map<Object, @Nullable Object> withOld(Map<?, ?> old, Map<?, ?> members) {
        Map<Object, @Nullable Object> all = new LinkedHashMap<>(old);
        members.forEach((name, value) -> {
            if (value != null) {
                all.put(name, value);
            }
        });
        return all;
    }

    @Override
    public Object skip(Last last) {
        return false;
    }
}
