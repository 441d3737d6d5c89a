package io.varuna.engine.window;

import io.varuna.engine.aggregate.AggregateCalls;
import io.varuna.engine.aggregate.GroupKeys;
import io.varuna.engine.aggregate.Groups;
import io.varuna.engine.data.ColumnBatch;
import io.varuna.engine.data.RowBatch;
import io.varuna.engine.plugin.PluginFailure;
import io.varuna.engine.state.StateInput;
import io.varuna.engine.state.StateOutput;
import java.util.ArrayDeque;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps accumulators for hopping windows: a row goes into one pane, and a window is made of panes. The starts and ends of
 * all windows are starts of panes.
 */
final class PanedRows implements Content {
    private final GroupKeys keys;
    private final AggregateCalls calls;
    private final long paneLength;
    private final ArrayDeque<Pane> panes = new ArrayDeque<>();
    private long anchor;

    PanedRows(GroupKeys keys, AggregateCalls calls, long paneLength) {
        this.keys = keys;
        this.calls = calls;
        this.paneLength = paneLength;
    }

    private record Pane(long start, Groups groups) {}

    /** Tells the content where some window ends. */
    void anchor(long end) {
        anchor = end;
    }

    @Override
    public void add(@Nullable Object[] row, long time) throws Exception {
        pane(time).add(row, time);
    }

    @Override
    public boolean takesColumns() {
        return true;
    }

    @Override
    public void add(ColumnBatch batch, int from, int to, BiConsumer<Exception, Integer> trouble) {
        int[] places = batch.selection();
        for (int at = from; at < to; ) {
            long start = start(batch.time(places[at]));
            int end = at + 1;
            while (end < to && start(batch.time(places[end])) <= start) {
                end++;
            }
            pane(batch.time(places[at])).add(batch, at, end, trouble);
            at = end;
        }
    }

    private long start(long time) {
        return time - Math.floorMod(time - anchor, paneLength);
    }

    private Groups pane(long time) {
        long start = start(time);
        Pane last = panes.peekLast();
        if (last == null || last.start < start) {
            last = new Pane(start, new Groups(keys, calls));
            panes.addLast(last);
        }
        return last.groups;
    }

    @Override
    public void evictBefore(long time) {
        while (!panes.isEmpty() && panes.getFirst().start < time) {
            panes.removeFirst();
        }
    }

    @Override
    public void evictTo(long rows) {
        // only windows of time have panes
    }

    @Override
    public void clear() {
        panes.clear();
    }

    @Override
    public boolean isEmpty() {
        return panes.isEmpty();
    }

    @Override
    public Groups groups(BiConsumer<Exception, @Nullable Object[]> trouble) {
        Groups all = new Groups(keys, calls);
        for (Pane pane : panes) {
            try {
                all.merge(pane.groups);
            } catch (Exception | Error e) {
                trouble.accept(PluginFailure.asException(e), new @Nullable Object[0]);
            }
        }
        return all;
    }

    @Override
    public void emit(Bounds bounds, RowBatch out, BiConsumer<Exception, @Nullable Object[]> trouble) {
        GroupedRows.emit(groups(trouble), bounds, out, trouble);
    }

    @Override
    public void save(StateOutput out) {
        out.putLong(anchor).putLong(panes.size());
        for (Pane pane : panes) {
            out.putLong(pane.start);
            pane.groups.save(out);
        }
    }

    @Override
    public void load(StateInput in) {
        panes.clear();
        anchor = in.getLong();
        for (int left = in.getCount(); left > 0; left--) {
            Pane pane = new Pane(in.getLong(), new Groups(keys, calls));
            pane.groups.load(in);
            panes.addLast(pane);
        }
    }
}
