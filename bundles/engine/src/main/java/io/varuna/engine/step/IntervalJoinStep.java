package io.varuna.engine.step;

import io.varuna.engine.aggregate.GroupKeys;
import io.varuna.engine.data.RowBatch;
import io.varuna.engine.expression.Evaluator;
import io.varuna.engine.state.StateInput;
import io.varuna.engine.state.StateOutput;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Joins rows of two streams whose times are near each other. Rows come in the order of their times, whatever the stream, so
 * that a row is kept just as long as a partner may come.
 */
public final class IntervalJoinStep extends Step {
    private final String shape;
    private final Side left;
    private final Side right;
    private final boolean outer;
    private final @Nullable Evaluator residual;
    private final @Nullable Object absent;
    private final Step next;
    private final RowBatch joined = new RowBatch();

    /**
     * Creates the step.
     *
     * @param outer whether left rows without a partner are put out
     * @param residual over the columns of both; null for none
     * @param absent what stands for the columns of a partner that is not there
     */
    public IntervalJoinStep(
            StepSetting setting,
            String shape,
            Side left,
            Side right,
            boolean outer,
            @Nullable Evaluator residual,
            @Nullable Object absent,
            Step next) {
        super(setting);
        this.shape = shape;
        this.left = left;
        this.right = right;
        this.outer = outer;
        this.residual = residual;
        this.absent = absent;
        this.next = next;
    }

    /** The rows of one input that may still find a partner. */
    public static final class Side {
        private final GroupKeys keys;
        private final int width;
        private final long from;
        private final long to;
        private final ArrayDeque<Entry> entries = new ArrayDeque<>();
        private final Map<Object, ArrayDeque<Entry>> byKey = new HashMap<>();
        private long time = Long.MIN_VALUE;

        /**
         * Creates a side without rows.
         *
         * @param width the number of its columns
         * @param from the least that a partner's time is after a row's, in milliseconds
         * @param to the most
         */
        public Side(GroupKeys keys, int width, long from, long to) {
            this.keys = keys;
            this.width = width;
            this.from = from;
            this.to = to;
        }

        private void add(Entry entry) {
            entries.addLast(entry);
            if (entry.key != null) {
                byKey.computeIfAbsent(entry.key, key -> new ArrayDeque<>()).addLast(entry);
            }
        }

        private void removeFirst() {
            Entry entry = entries.removeFirst();
            if (entry.key != null) {
                // rows of a key are in the order of all rows
                byKey.computeIfPresent(entry.key, (key, rows) -> {
                    rows.removeFirst();
                    return rows.isEmpty() ? null : rows;
                });
            }
        }

        private Iterable<Entry> partners(@Nullable Object key) {
            ArrayDeque<Entry> found = key == null ? null : byKey.get(key);
            return found == null ? new ArrayDeque<>() : found;
        }
    }

    private static final class Entry {
        private final @Nullable Object[] row;
        private final @Nullable Object[] keys;
        // null where no row can have the same key
        private final @Nullable Object key;
        private final long time;
        private boolean matched;

        Entry(@Nullable Object[] row, @Nullable Object[] keys, long time) {
            this.row = row;
            this.keys = keys;
            this.time = time;
            this.key = Arrays.asList(keys).contains(null) ? null : GroupKeys.mapKey(keys);
        }
    }

    /** Returns the step that takes the rows of the left input. */
    public Step left(StepSetting setting) {
        return new Input(setting, left);
    }

    /** Returns the step that takes the rows of the right input. */
    public Step right(StepSetting setting) {
        return new Input(setting, right);
    }

    @Override
    protected void processRows(RowBatch batch) {
        next.rows(out(batch));
    }

    @Override
    protected void processResult(RowBatch batch) {
        processRows(batch);
    }

    private void add(Side side, @Nullable Object[] row, long time) throws Exception {
        Entry entry = new Entry(row, side.keys.values(row, time), time);
        boolean isLeft = side == left;
        for (Entry other : (isLeft ? right : left).partners(entry.key)) {
            boolean near = other.time >= time + side.from && other.time <= time + side.to;
            if (near && join(isLeft ? entry : other, isLeft ? other : entry, time)) {
                entry.matched = true;
                other.matched = true;
            }
        }
        boolean keyed = entry.key != null || (isLeft && outer);
        if (keyed && side.to >= 0) {
            side.add(entry);
        } else if (isLeft && outer && !entry.matched) {
            joined.add(alone(row), time);
        }
    }

    private boolean join(Entry one, Entry other, long time) {
        @Nullable Object[] pair = Arrays.copyOf(one.row, left.width + right.width);
        System.arraycopy(other.row, 0, pair, left.width, right.width);
        try {
            if (residual == null || residual.holds(pair, time)) {
                joined.add(pair, time);
                return true;
            }
        } catch (Exception | Error e) {
            failed(e, pair);
        }
        return false;
    }

    private @Nullable Object[] alone(@Nullable Object[] row) {
        @Nullable Object[] wide = Arrays.copyOf(row, left.width + right.width);
        Arrays.fill(wide, left.width, wide.length, absent);
        return wide;
    }

    /** Lets go of rows whose partners would have come before a time. */
    private void expire(long now) {
        while (!left.entries.isEmpty() && left.entries.getFirst().time + left.to < now) {
            Entry entry = left.entries.getFirst();
            left.removeFirst();
            if (outer && !entry.matched) {
                // that there is no partner is known just now, and other rows were put out since
                joined.add(alone(entry.row), entry.time + left.to);
            }
        }
        while (!right.entries.isEmpty() && right.entries.getFirst().time + right.to < now) {
            right.removeFirst();
        }
    }

    private void handOn() {
        rows(joined);
        joined.clear();
    }

    @Override
    public void time(long now) {
        expire(now);
        handOn();
        next.time(now);
    }

    @Override
    public String stateShape() {
        return shape;
    }

    @Override
    public void save(StateOutput out) {
        save(left, out);
        save(right, out);
    }

    private static void save(Side side, StateOutput out) {
        out.putLong(side.entries.size());
        side.entries.forEach(entry ->
                out.putRow(entry.row).putRow(entry.keys).putLong(entry.time).putLong(entry.matched ? 1 : 0));
    }

    @Override
    public void load(StateInput in) {
        load(left, in);
        load(right, in);
    }

    private static void load(Side side, StateInput in) {
        side.entries.clear();
        side.byKey.clear();
        for (int count = in.getCount(); count > 0; count--) {
            Entry entry = new Entry(in.getRow(), in.getRow(), in.getLong());
            entry.matched = in.getLong() == 1;
            side.add(entry);
        }
    }

    /** Where the rows of one side come in. */
    private final class Input extends Step {
        private final Side side;

        Input(StepSetting setting, Side side) {
            super(setting);
            this.side = side;
        }

        @Override
        protected void processRows(RowBatch batch) {
            for (int i = 0; i < batch.size(); i++) {
                expire(batch.time(i));
                try {
                    add(side, batch.row(i), batch.time(i));
                } catch (Exception | Error e) {
                    failed(e, batch.row(i));
                }
            }
            handOn();
        }

        @Override
        protected void processResult(RowBatch batch) {
            processRows(batch);
        }

        @Override
        public void time(long now) {
            side.time = now;
            long least = Math.min(left.time, right.time);
            if (least != Long.MIN_VALUE) {
                IntervalJoinStep.this.time(least);
            }
        }
    }
}
