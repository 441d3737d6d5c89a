package io.varuna.engine.window;

import io.varuna.engine.aggregate.GroupColumns;
import io.varuna.engine.aggregate.GroupKeys;
import io.varuna.engine.data.ColumnBatch;
import io.varuna.engine.data.RowBatch;
import io.varuna.engine.expression.Evaluator;
import io.varuna.engine.state.StateInput;
import io.varuna.engine.state.StateOutput;
import io.varuna.engine.step.Step;
import io.varuna.engine.step.StepSetting;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Gathers rows into results. Time moves with the rows and with {@link #time}, whichever is further. */
public final class WindowStep extends Step {
    private final String shape;
    private final @Nullable Evaluator filter;
    private final GroupKeys partitionBy;
    private final boolean passing;
    private final Function<RunningWindow.Emission, RunningWindow> windows;
    private final @Nullable GroupColumns columns;
    private final Step next;
    private final ResultOutput results;
    private final Map<Object, Partition> partitions = new LinkedHashMap<>();
    private @Nullable Partition only;
    private final PriorityQueue<Due> dues = new PriorityQueue<>(Comparator.comparingLong(Due::time));

    /**
     * Creates the step.
     *
     * @param passing makes windows close for rows of the very time that {@link #time} tells
     * @param columns computes what windows that take columns keep; null if rows have to be looked at one by one
     */
    WindowStep(
            StepSetting setting,
            String shape,
            @Nullable Evaluator filter,
            GroupKeys partitionBy,
            boolean passing,
            Function<RunningWindow.Emission, RunningWindow> windows,
            @Nullable GroupColumns columns,
            Step next) {
        super(setting);
        this.shape = shape;
        this.filter = filter;
        this.partitionBy = partitionBy;
        this.passing = passing;
        this.windows = windows;
        this.columns = columns;
        this.next = next;
        this.results = new ResultOutput(metrics(), this::failed, next);
    }

    /** A window with its place in the order of what closes next. */
    private static final class Partition {
        private final Object key;
        private final @Nullable Object[] values;
        private final RunningWindow window;
        private long listed = RunningWindow.NEVER;

        Partition(Object key, @Nullable Object[] values, RunningWindow window) {
            this.key = key;
            this.values = values;
            this.window = window;
        }
    }

    private record Due(long time, Partition partition) {}

    /** Begins at a time, where windows close without rows. */
    public void start(long now) {
        if (partitionBy.none()) {
            Partition all = only();
            all.window.start(now);
            list(all);
        }
    }

    /** Returns when some window closes next, in milliseconds since the epoch; {@code Long.MAX_VALUE} for never. */
    public long due() {
        Due first = dues.peek();
        return first == null ? RunningWindow.NEVER : first.time;
    }

    @Override
    protected void processRows(RowBatch batch) {
        for (int i = 0; i < batch.size(); i++) {
            @Nullable Object[] row = batch.row(i);
            long time = batch.time(i);
            try {
                close(time);
                if (filter == null || filter.holds(row, time)) {
                    Partition partition = partitionBy.none() ? only() : partition(partitionBy.values(row, time));
                    partition.window.advance(time);
                    partition.window.add(row, time);
                    list(partition);
                }
            } catch (Exception | Error e) {
                failed(e, row);
            }
        }
    }

    @Override
    protected void processColumns(ColumnBatch batch) {
        GroupColumns computing = filter == null && partitionBy.none() ? columns : null;
        if (computing == null || !only().window.takesColumns()) {
            super.processColumns(batch);
            return;
        }
        add(batch, computing.compute(batch, this::failed), only());
    }

    /** Adds rows to a window, as many at a time as come before something closes. */
    private void add(ColumnBatch batch, ColumnBatch computed, Partition all) {
        long until = Long.MIN_VALUE;
        int added = 0;
        int found = 0;
        for (int i = 0; i < batch.size(); i++) {
            int row = batch.selection()[i];
            long time = batch.time(row);
            boolean isComputed = found < computed.size() && computed.selection()[found] == row;
            if (time >= until) {
                add(batch, computed, added, found, all);
                added = found;
                until = Long.MIN_VALUE;
                close(time);
                if (isComputed) {
                    all.window.advance(time);
                    until = all.window.takesUntil(time);
                }
            }
            if (isComputed) {
                found++;
            }
        }
        add(batch, computed, added, found, all);
    }

    private void add(ColumnBatch batch, ColumnBatch computed, int from, int to, Partition all) {
        for (int next = from; next < to; ) {
            next = all.window.add(computed, next, to, (cause, place) -> failed(cause, batch.row(place)));
            list(all);
        }
    }

    @Override
    protected void processResult(RowBatch batch) {
        processRows(batch);
    }

    /** Returns the partition of all rows, where there is only one. */
    private Partition only() {
        Partition known = only;
        if (known == null) {
            known = partition(new @Nullable Object[0]);
            only = known;
        }
        return known;
    }

    private Partition partition(@Nullable Object[] values) {
        return partitions.computeIfAbsent(
                GroupKeys.mapKey(values), key -> new Partition(key, values, windows.apply(results::emit)));
    }

    @Override
    public void time(long now) {
        close(now);
        // rows of this very time have all come, so the windows that waited for them close too
        for (Partition partition : passing ? List.copyOf(partitions.values()) : List.<Partition>of()) {
            partition.window.pass(now);
            list(partition);
        }
        next.time(now);
    }

    /** Closes windows in the order of their times. */
    private void close(long now) {
        while (due() <= now) {
            Due first = dues.remove();
            Partition partition = first.partition;
            if (partition.listed != first.time) {
                continue;
            }
            partition.listed = RunningWindow.NEVER;
            // a session may have been prolonged since
            if (partition.window.due() <= first.time) {
                partition.window.advance(first.time);
            }
            if (partition.window.idle() && !partitionBy.none()) {
                partitions.remove(partition.key);
            } else {
                list(partition);
            }
        }
    }

    private void list(Partition partition) {
        long due = partition.window.due();
        if (due < partition.listed) {
            partition.listed = due;
            dues.add(new Due(due, partition));
        }
    }

    @Override
    public String stateShape() {
        return shape;
    }

    @Override
    public void save(StateOutput out) {
        out.putLong(partitions.size());
        for (Partition partition : partitions.values()) {
            out.putRow(partition.values);
            partition.window.save(out);
        }
    }

    @Override
    public void load(StateInput in) {
        partitions.clear();
        only = null;
        dues.clear();
        for (int left = in.getCount(); left > 0; left--) {
            Partition partition = partition(in.getRow());
            partition.window.load(in);
            list(partition);
        }
    }
}
