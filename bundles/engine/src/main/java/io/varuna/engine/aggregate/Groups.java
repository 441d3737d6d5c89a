package io.varuna.engine.aggregate;

import io.varuna.api.data.Missing;
import io.varuna.engine.data.ColumnBatch;
import io.varuna.engine.data.RowBatch;
import io.varuna.engine.plugin.PluginFailure;
import io.varuna.engine.state.StateInput;
import io.varuna.engine.state.StateOutput;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Groups of rows, each with its keys and accumulators, in the order in which they came up. */
public final class Groups {
    private final GroupKeys keys;
    private final AggregateCalls calls;
    private final Map<Object, Group> groups = new LinkedHashMap<>();
    private final GroupIndex<Group> index = new GroupIndex<>();

    public Groups(GroupKeys keys, AggregateCalls calls) {
        this.keys = keys;
        this.calls = calls;
    }

    /** One group. */
    private static final class Group {
        private final @Nullable Object[] keys;
        private final AggregateCalls.Accumulators accumulators;

        Group(@Nullable Object[] keys, AggregateCalls.Accumulators accumulators) {
            this.keys = keys;
            this.accumulators = accumulators;
        }
    }

    public boolean isEmpty() {
        return groups.isEmpty();
    }

    public void clear() {
        groups.clear();
        index.clear();
    }

    /** Adds a row; a throw means that the row does not count. */
    public void add(@Nullable Object[] row, long time) throws Exception {
        @Nullable Object[] values = keys.values(row, time);
        List<@Nullable Object[]> arguments = calls.arguments(row, time);
        group(values).accumulators.add(arguments);
    }

    /** Adds a row of a batch that {@link GroupColumns} computed; a throw means that the row does not count. */
    public void add(ColumnBatch batch, int row) throws Exception {
        Group group = index.find(batch, keys.size(), row);
        if (group == null) {
            @Nullable Object[] values = new @Nullable Object[keys.size()];
            for (int i = 0; i < values.length; i++) {
                Object value = batch.column(i).get(row);
                values[i] = value == Missing.VALUE ? null : value;
            }
            group = group(values);
            index.put(group);
        }
        group.accumulators.add(batch, keys.size(), row);
    }

    /** Adds what other groups hold, as rows that came later. */
    public void merge(Groups later) throws Exception {
        for (Group group : later.groups.values()) {
            group(group.keys).accumulators.merge(group.accumulators);
        }
    }

    private Group group(@Nullable Object[] values) {
        return groups.computeIfAbsent(GroupKeys.mapKey(values), key -> new Group(values, calls.create()));
    }

    /**
     * Adds a row for each group to a batch: first the keys, then the results, then room for more.
     *
     * @param extra the number of columns to leave room for
     * @param trouble told of groups that have no result, with their keys
     */
    public void results(long time, int extra, RowBatch out, BiConsumer<Exception, @Nullable Object[]> trouble) {
        Collection<Group> all =
                groups.isEmpty() && keys.none() ? List.of(group(new @Nullable Object[0])) : groups.values();
        for (Group group : all) {
            @Nullable Object[] row = new @Nullable Object[keys.size() + calls.size() + extra];
            System.arraycopy(group.keys, 0, row, 0, keys.size());
            try {
                group.accumulators.results(row, keys.size());
                out.add(row, time);
            } catch (Exception | Error e) {
                trouble.accept(PluginFailure.asException(e), group.keys);
            }
        }
    }

    public void save(StateOutput out) {
        out.putLong(groups.size());
        for (Group group : groups.values()) {
            out.putRow(group.keys);
            group.accumulators.save(out);
        }
    }

    public void load(StateInput in) {
        clear();
        for (int left = in.getCount(); left > 0; left--) {
            @Nullable Object[] values = in.getRow();
            groups.put(GroupKeys.mapKey(values), new Group(values, calls.load(in)));
        }
    }
}
