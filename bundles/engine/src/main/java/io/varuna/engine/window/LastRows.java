package io.varuna.engine.window;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.engine.aggregate.AggregateCalls;
import io.varuna.engine.aggregate.GroupKeys;
import io.varuna.engine.aggregate.SlidingGroup;
import io.varuna.engine.state.StateInput;
import io.varuna.engine.state.StateOutput;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The last rows of each partition, a number of them. */
final class LastRows implements Frames {
    private final AggregateCalls calls;
    private final long most;
    private final PartitionLimit limit;
    private final Map<Object, SlidingGroup> partitions = new LinkedHashMap<>();

    /** Creates the frames; {@code most} is how many rows count. */
    LastRows(AggregateCalls calls, long most, PartitionLimit limit) {
        this.calls = calls;
        this.most = most;
        this.limit = limit;
    }

    @Override
    public Frame add(@Nullable Object[] partition, @Nullable Object[] row, long time) throws Exception {
        return add(partition, calls.arguments(row, time));
    }

    private Frame add(@Nullable Object[] partition, List<@Nullable Object[]> arguments) throws Exception {
        Object key = GroupKeys.mapKey(partition);
        SlidingGroup known = partitions.get(key);
        if (known == null && limit.reached(partitions.size())) {
            throw limit.exceeded();
        }
        SlidingGroup rows = known == null ? calls.slidingGroup(partition) : known;
        rows.add(arguments);
        if (known == null) {
            partitions.put(key, rows);
        }
        if (rows.size() > most) {
            rows.evict();
        }
        return rows::results;
    }

    @Override
    public Frame frame(@Nullable Object[] partition) {
        SlidingGroup rows = Objects.requireNonNull(partitions.get(GroupKeys.mapKey(partition)), "partition");
        return rows::results;
    }

    @Override
    public void pass(long time) {
        // a row leaves for another one only
    }

    @Override
    public void save(StateOutput out) {
        out.putLong(partitions.size());
        for (SlidingGroup rows : partitions.values()) {
            out.putRow(rows.keys()).putLong(rows.size());
            for (int i = 0; i < rows.size(); i++) {
                calls.saveArguments(rows.arguments(i), out);
            }
        }
    }

    @Override
    public void load(StateInput in) {
        partitions.clear();
        for (int left = in.getCount(); left > 0; left--) {
            @Nullable Object[] partition = in.getRow();
            for (int rows = in.getCount(); rows > 0; rows--) {
                restore(partition, calls.loadArguments(in));
            }
        }
    }

    private void restore(@Nullable Object[] partition, List<@Nullable Object[]> arguments) {
        try {
            add(partition, arguments);
        } catch (Exception e) {
            throw new VarunaException(StandardError.STATE_INCOMPATIBLE, "A saved row is refused: " + e.getMessage(), e);
        }
    }
}
