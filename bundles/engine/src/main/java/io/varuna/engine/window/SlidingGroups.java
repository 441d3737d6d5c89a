package io.varuna.engine.window;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.engine.aggregate.AggregateCalls;
import io.varuna.engine.aggregate.GroupKeys;
import io.varuna.engine.aggregate.SlidingGroup;
import io.varuna.engine.data.RowBatch;
import io.varuna.engine.plugin.PluginFailure;
import io.varuna.engine.state.StateInput;
import io.varuna.engine.state.StateOutput;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Keeps accumulators for windows that lose their rows one by one. What a row costs does not depend on the window's size. */
final class SlidingGroups implements Content {
    private static final Object NO_KEY = "";

    private final GroupKeys keys;
    private final AggregateCalls calls;
    private final TimedRing<SlidingGroup> rows = new TimedRing<>();
    private final Map<Object, SlidingGroup> groups = new LinkedHashMap<>();

    SlidingGroups(GroupKeys keys, AggregateCalls calls) {
        this.keys = keys;
        this.calls = calls;
    }

    @Override
    public void add(@Nullable Object[] row, long time) throws Exception {
        add(keys.values(row, time), row, time);
    }

    /** Adds a row of the group with some keys, and returns it; a throw means that the row does not count. */
    SlidingGroup add(@Nullable Object[] values, @Nullable Object[] row, long time) throws Exception {
        return add(values, calls.arguments(row, time), time);
    }

    /** Returns the group with some keys, or null. */
    @Nullable
    SlidingGroup group(@Nullable Object[] values) {
        return groups.get(mapKey(values));
    }

    private SlidingGroup add(@Nullable Object[] values, List<@Nullable Object[]> arguments, long time)
            throws Exception {
        Object key = mapKey(values);
        SlidingGroup group = groups.get(key);
        if (group == null) {
            group = calls.slidingGroup(values);
            group.add(arguments);
            groups.put(key, group);
        } else {
            group.add(arguments);
        }
        rows.add(time, group);
        return group;
    }

    private Object mapKey(@Nullable Object[] values) {
        return keys.none() ? NO_KEY : GroupKeys.mapKey(values);
    }

    @Override
    public void evictBefore(long time) {
        while (!rows.isEmpty() && rows.firstTime() < time) {
            evict();
        }
    }

    @Override
    public void evictTo(long count) {
        while (rows.size() > count) {
            evict();
        }
    }

    private void evict() {
        SlidingGroup group = rows.removeFirst();
        if (group.size() == 1) {
            groups.remove(mapKey(group.keys()));
        } else {
            group.evict();
        }
    }

    @Override
    public void clear() {
        rows.clear();
        groups.clear();
    }

    @Override
    public boolean isEmpty() {
        return rows.isEmpty();
    }

    @Override
    public void emit(Bounds bounds, RowBatch out, BiConsumer<Exception, @Nullable Object[]> trouble) {
        for (SlidingGroup group : groups.values()) {
            @Nullable Object[] values = group.keys();
            @Nullable Object[] row = new @Nullable Object[values.length + calls.size() + WINDOW_COLUMNS];
            System.arraycopy(values, 0, row, 0, values.length);
            try {
                group.results(row, values.length);
                bounds.writeTo(row, values.length + calls.size());
                out.add(row, bounds.trigger());
            } catch (Exception | Error e) {
                trouble.accept(PluginFailure.asException(e), values);
            }
        }
    }

    @Override
    public void save(StateOutput out) {
        IdentityHashMap<SlidingGroup, Integer> written = new IdentityHashMap<>();
        out.putLong(rows.size());
        for (int i = 0; i < rows.size(); i++) {
            SlidingGroup group = rows.get(i);
            int row = written.merge(group, 1, Integer::sum) - 1;
            out.putLong(rows.time(i));
            out.putRow(group.keys());
            calls.saveArguments(group.arguments(row), out);
        }
    }

    @Override
    public void load(StateInput in) {
        clear();
        for (int left = in.getCount(); left > 0; left--) {
            long time = in.getLong();
            @Nullable Object[] values = in.getRow();
            List<@Nullable Object[]> arguments = calls.loadArguments(in);
            try {
                add(values, arguments, time);
            } catch (Exception e) {
                throw new VarunaException(
                        StandardError.STATE_INCOMPATIBLE, "A row of the saved window is refused: " + e.getMessage(), e);
            }
        }
    }
}
