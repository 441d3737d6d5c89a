package io.varuna.engine.step;

import io.varuna.engine.data.RowBatch;
import io.varuna.engine.expression.Evaluator;
import io.varuna.engine.expression.Values;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sorts the rows of each result; NULL comes last, rows with equal keys stay in order. */
public final class SortStep extends Step {
    private final Evaluator[] keys;
    private final boolean[] descending;
    private final Step next;
    private final RowBatch sorted = new RowBatch();

    public SortStep(StepSetting setting, Evaluator[] keys, boolean[] descending, Step next) {
        super(setting);
        this.keys = keys;
        this.descending = descending.clone();
        this.next = next;
    }

    private static final class Entry {
        private final @Nullable Object[] row;
        private final long time;
        private final @Nullable Object[] keys;

        Entry(@Nullable Object[] row, long time, @Nullable Object[] keys) {
            this.row = row;
            this.time = time;
            this.keys = keys;
        }
    }

    @Override
    protected void processRows(RowBatch batch) {
        next.rows(out(batch));
    }

    @Override
    protected void processResult(RowBatch batch) {
        List<Entry> entries = new ArrayList<>(batch.size());
        for (int i = 0; i < batch.size(); i++) {
            try {
                @Nullable Object[] values = new @Nullable Object[keys.length];
                for (int k = 0; k < keys.length; k++) {
                    values[k] = keys[k].value(batch.row(i), batch.time(i));
                }
                entries.add(new Entry(batch.row(i), batch.time(i), values));
            } catch (Exception | Error e) {
                failed(e, batch.row(i));
            }
        }
        entries.sort(this::compare);
        entries.forEach(entry -> sorted.add(entry.row, entry.time));
        if (!sorted.isEmpty() || batch.isEmpty()) {
            next.result(out(sorted).trigger(batch.trigger()));
        }
        sorted.clear();
    }

    private int compare(Entry left, Entry right) {
        for (int k = 0; k < keys.length; k++) {
            Object a = left.keys[k];
            Object b = right.keys[k];
            if (a == null || b == null) {
                if (a != b) {
                    return a == null ? 1 : -1;
                }
            } else {
                int order = Values.order(a, b);
                if (order != 0) {
                    return descending[k] ? -order : order;
                }
            }
        }
        return 0;
    }

    @Override
    public void time(long now) {
        next.time(now);
    }
}
