package io.varuna.engine.window;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.engine.aggregate.AggregateCalls;
import io.varuna.engine.aggregate.GroupKeys;
import io.varuna.engine.data.RowBatch;
import io.varuna.engine.plugin.PluginFailure;
import io.varuna.engine.state.StateInput;
import io.varuna.engine.state.StateOutput;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Keeps accumulators for windows that lose their rows one by one. What a row costs does not depend on the window's size. */
final class SlidingGroups implements Content {
    private final GroupKeys keys;
    private final AggregateCalls calls;
    private final boolean retracts;
    private final ArrayDeque<Entry> entries = new ArrayDeque<>();
    private final Map<Object, SlidingGroup> groups = new LinkedHashMap<>();

    SlidingGroups(GroupKeys keys, AggregateCalls calls) {
        this.keys = keys;
        this.calls = calls;
        this.retracts = calls.retracts();
    }

    private record Entry(long time, Object key) {}

    @Override
    public void add(@Nullable Object[] row, long time) throws Exception {
        @Nullable Object[] values = keys.values(row, time);
        add(values, calls.arguments(row, time), time);
    }

    private void add(@Nullable Object[] values, List<@Nullable Object[]> arguments, long time) throws Exception {
        Object key = GroupKeys.mapKey(values);
        SlidingGroup group = groups.get(key);
        if (group == null) {
            group = retracts ? new SlidingGroup.Retracting(values, calls) : new SlidingGroup.TwoStacks(values, calls);
            groups.put(key, group);
        }
        try {
            group.add(arguments);
            entries.add(new Entry(time, key));
        } finally {
            if (group.size() == 0) {
                groups.remove(key);
            }
        }
    }

    @Override
    public void evictBefore(long time) {
        while (!entries.isEmpty() && entries.getFirst().time < time) {
            evict();
        }
    }

    @Override
    public void evictTo(long rows) {
        while (entries.size() > rows) {
            evict();
        }
    }

    private void evict() {
        Object key = entries.removeFirst().key;
        SlidingGroup group = groups.get(key);
        if (group != null) {
            group.evict();
            if (group.size() == 0) {
                groups.remove(key);
            }
        }
    }

    @Override
    public void clear() {
        entries.clear();
        groups.clear();
    }

    @Override
    public boolean isEmpty() {
        return entries.isEmpty();
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
        Map<Object, Iterator<List<@Nullable Object[]>>> arguments = new LinkedHashMap<>();
        groups.forEach((key, group) -> arguments.put(key, group.arguments().iterator()));
        out.putLong(entries.size());
        for (Entry entry : entries) {
            out.putLong(entry.time);
            SlidingGroup group = Objects.requireNonNull(groups.get(entry.key));
            out.putRow(group.keys());
            calls.saveArguments(Objects.requireNonNull(arguments.get(entry.key)).next(), out);
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
