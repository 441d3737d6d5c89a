package io.varuna.engine.aggregate;

import io.varuna.engine.data.ColumnBatch;
import io.varuna.engine.data.RecordColumns;
import io.varuna.engine.data.RowBatch;
import io.varuna.engine.plugin.PluginFailure;
import io.varuna.engine.state.StateInput;
import io.varuna.engine.state.StateOutput;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Groups of rows, each with its keys and what the calls know of it, in the order in which they came up. */
public final class Groups {
    /** Room for so many groups is kept, however few there are. */
    private static final int FEW = 64;

    private final GroupKeys keys;
    private final AggregateCalls calls;
    private GroupTable table;
    private GroupValues[] values;

    public Groups(GroupKeys keys, AggregateCalls calls) {
        this.keys = keys;
        this.calls = calls;
        this.table = new GroupTable(keys.size());
        this.values = calls.groupValues();
    }

    public boolean isEmpty() {
        return table.size() == 0;
    }

    /** Returns how many columns the keys and results take. */
    public int width() {
        return keys.size() + values.length;
    }

    /** Returns the number of groups. */
    public int size() {
        return table.size();
    }

    /** Forgets all groups. The room is kept for as many again, unless this time there were far less than before. */
    public void clear() {
        if (table.capacity() > FEW && table.size() < table.capacity() / 8) {
            begin();
            return;
        }
        table.clear();
        for (GroupValues known : values) {
            known.clear();
        }
    }

    private void begin() {
        table = new GroupTable(keys.size());
        values = calls.groupValues();
    }

    private int group(@Nullable Object[] key) {
        int group = table.group(key, calls.room());
        reserve();
        return group;
    }

    private void reserve() {
        for (GroupValues known : values) {
            known.reserve(table.size());
        }
    }

    /** Adds a row; a throw means that the row does not count. */
    public void add(@Nullable Object[] row, long time) throws Exception {
        add(keys.values(row, time), row, time);
    }

    /** Adds a row of the group with a key, and returns the number of the group; a throw means that the row does not count. */
    public int add(@Nullable Object[] key, @Nullable Object[] row, long time) throws Exception {
        List<@Nullable Object[]> arguments = calls.arguments(row, time);
        int group = group(key);
        for (int i = 0; i < values.length; i++) {
            @Nullable Object[] given = arguments.get(i);
            if (!AggregateCalls.isLeftOut(given)) {
                values[i].add(group, given);
            }
        }
        return group;
    }

    /** Returns the number of the group with a key, a new one if there is none. */
    public int number(@Nullable Object[] key) {
        return group(key);
    }

    /** Tells whether there is a group with a key. */
    public boolean contains(@Nullable Object[] key) {
        return table.contains(key, calls.room());
    }

    /** Writes the results of a group into a row, from a position on. */
    public void results(int group, @Nullable Object[] row, int at) throws Exception {
        for (int i = 0; i < values.length; i++) {
            row[at + i] = values[i].result(group);
        }
    }

    /**
     * Adds selected rows of a batch that {@link GroupColumns} computed, from one to before another.
     *
     * @param trouble told of rows that do not count, by their places in the batch
     */
    public void add(ColumnBatch batch, int from, int to, BiConsumer<Exception, Integer> trouble) {
        GroupedBatch rows = batch.scratch().only(GroupedBatch.class, () -> new GroupedBatch(batch));
        rows.group(batch, from, to, keys.size(), table, calls.room());
        reserve();
        int column = keys.size();
        for (int i = 0; i < values.length; i++) {
            if (calls.hasFilter(i)) {
                values[i].add(rows.passing(column++), column);
            } else {
                values[i].add(rows, column);
            }
            rows.settle();
            column += calls.arguments(i);
        }
        rows.report(trouble);
    }

    /** Adds what other groups hold, as rows that came later. */
    public void merge(Groups later) throws Exception {
        int[] groups = new int[later.table.size()];
        // group by group: where one cannot be merged, those before are, with all calls
        for (int group = 0; group < groups.length; group++) {
            groups[group] = table.group(later.table, group, calls.room());
            reserve();
            for (int i = 0; i < values.length; i++) {
                values[i].merge(groups, later.values[i], group, group + 1);
            }
        }
    }

    /**
     * Adds a row for each group to a batch: first the keys, then the results, then room for more.
     *
     * @param extra the number of columns to leave room for
     * @param trouble told of groups that have no result, with their keys
     */
    public void results(long time, int extra, RowBatch out, BiConsumer<Exception, @Nullable Object[]> trouble) {
        if (isEmpty() && keys.none()) {
            group(new @Nullable Object[0]);
        }
        for (int group = 0; group < table.size(); group++) {
            @Nullable Object[] key = table.key(group);
            @Nullable Object[] row = new @Nullable Object[width() + extra];
            System.arraycopy(key, 0, row, 0, key.length);
            try {
                results(group, row, key.length);
                out.add(row, time);
            } catch (Exception | Error e) {
                trouble.accept(PluginFailure.asException(e), key);
            }
        }
    }

    /**
     * Puts rows for groups from one on into columns, first the keys, then the results, until there is a number of rows; returns
     * the group after the last. There may be more columns.
     *
     * @param trouble told of groups that have no result, with their keys
     */
    public int results(int from, int most, RecordColumns out, BiConsumer<Exception, @Nullable Object[]> trouble) {
        int group = from;
        while (group < table.size() && out.size() < most) {
            try {
                for (int i = 0; i < values.length; i++) {
                    out.column(keys.size() + i).put(out.size(), values[i].result(group));
                }
                table.putKey(group, out);
                out.endRecord();
            } catch (Exception | Error e) {
                trouble.accept(PluginFailure.asException(e), table.key(group));
            }
            group++;
        }
        return group;
    }

    public void save(StateOutput out) {
        out.putLong(table.size());
        for (int group = 0; group < table.size(); group++) {
            out.putRow(table.key(group));
            for (GroupValues known : values) {
                known.save(group, out);
            }
        }
    }

    public void load(StateInput in) {
        // others than before, where functions were exchanged
        begin();
        for (int left = in.getCount(); left > 0; left--) {
            int group = group(in.getRow());
            for (GroupValues known : values) {
                known.load(group, in);
            }
        }
    }
}
