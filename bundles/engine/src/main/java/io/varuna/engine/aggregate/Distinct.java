package io.varuna.engine.aggregate;

import io.varuna.engine.state.StateInput;
import io.varuna.engine.state.StateOutput;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lets an accumulator see the first of rows with equal arguments only. */
final class Distinct extends Accumulator {
    private final Accumulator inner;
    private final Map<Object, Seen> seen = new LinkedHashMap<>();

    Distinct(Accumulator inner) {
        this.inner = inner;
    }

    private static final class Seen {
        private final @Nullable Object[] arguments;
        private long count;

        Seen(@Nullable Object[] arguments, long count) {
            this.arguments = arguments;
            this.count = count;
        }
    }

    @Override
    void add(@Nullable Object[] arguments) throws Exception {
        add(arguments, 1);
    }

    private void add(@Nullable Object[] arguments, long count) throws Exception {
        Object key = GroupKeys.mapKey(arguments);
        Seen known = seen.get(key);
        if (known != null) {
            known.count += count;
            return;
        }
        inner.add(arguments);
        seen.put(key, new Seen(arguments, count));
    }

    @Override
    void retract(@Nullable Object[] arguments) throws Exception {
        Object key = GroupKeys.mapKey(arguments);
        Seen known = seen.get(key);
        if (known != null && --known.count == 0) {
            seen.remove(key);
            inner.retract(known.arguments);
        }
    }

    @Override
    void merge(Accumulator other) throws Exception {
        for (Seen later : ((Distinct) other).seen.values()) {
            add(later.arguments, later.count);
        }
    }

    @Override
    @Nullable
    Object result() throws Exception {
        return inner.result();
    }

    @Override
    void save(StateOutput out) {
        inner.save(out);
        out.putLong(seen.size());
        seen.values().forEach(entry -> out.putRow(entry.arguments).putLong(entry.count));
    }

    @Override
    void load(StateInput in) {
        inner.load(in);
        seen.clear();
        for (int left = in.getCount(); left > 0; left--) {
            Seen entry = new Seen(in.getRow(), in.getLong());
            seen.put(GroupKeys.mapKey(entry.arguments), entry);
        }
    }
}
