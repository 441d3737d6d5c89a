package io.varuna.plugin.functions.analytic;

import io.varuna.api.data.Missing;
import io.varuna.api.function.AnalyticFunction;
import io.varuna.api.function.Args;
import io.varuna.api.state.State;
import io.varuna.api.state.StateReader;
import io.varuna.api.state.StateWriter;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** Returns the value of a row before. */
final class Lag implements AnalyticFunction<Lag.Before> {
    /** Each row before is kept. */
    static final int MOST_ROWS = 100_000;

    static final class Before implements State {
        /** The last values, oldest first, as many as the offset at most. MISSING stands for NULL. */
        private final ArrayDeque<Object> values = new ArrayDeque<>();

        private int offset = 1;
        private @Nullable Object otherwise;

        private @Nullable Object get() {
            if (values.size() < offset) {
                return otherwise;
            }
            return unmasked(values.getFirst());
        }

        private void add(@Nullable Object value) {
            values.addLast(value == null ? Missing.VALUE : value);
            while (values.size() > offset) {
                values.removeFirst();
            }
        }

        private static @Nullable Object unmasked(Object value) {
            return value == Missing.VALUE ? null : value;
        }

        @Override
        public void save(StateWriter out) {
            out.putLong(offset).putValue(otherwise).putLong(values.size());
            values.forEach(value -> out.putValue(unmasked(value)));
        }

        @Override
        public void load(StateReader in) {
            offset = Math.toIntExact(in.getLong());
            otherwise = in.getValue();
            values.clear();
            for (long left = in.getLong(); left > 0; left--) {
                add(in.getValue());
            }
        }
    }

    @Override
    public Before create() {
        return new Before();
    }

    @Override
    public @Nullable Object apply(Before before, Args args) {
        before.offset = args.size() > 1 ? offset(args.get(1)) : 1;
        before.otherwise = args.size() > 2 ? args.get(2) : null;
        boolean ignoreNull = args.size() < 4 || Arguments.bool(args, 3, "lag", "ignore_null");
        Object result = before.get();
        Object value = args.get(0);
        if (value != null || !ignoreNull) {
            before.add(value);
        }
        return result;
    }

    @Override
    public @Nullable Object skip(Before before) {
        return before.get();
    }

    private static int offset(@Nullable Object value) {
        if (value instanceof Number number && number.longValue() >= 1 && number.longValue() <= MOST_ROWS) {
            return number.intValue();
        }
        throw Arguments.misfit("lag", "offset", "1 to " + MOST_ROWS, value);
    }
}
