package io.varuna.engine.step;

import io.varuna.engine.data.RowBatch;
import io.varuna.engine.expression.ExpressionCompiler;
import io.varuna.plan.Sort;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sorts the rows of each result; NULL comes last, rows with equal keys stay in order. */
public final class SortStep extends Step {
    private final SortKeys keys;
    private final Step next;
    private final RowBatch sorted = new RowBatch();

    public SortStep(StepSetting setting, Sort plan, ExpressionCompiler compiler, Step next) {
        super(setting);
        this.keys = SortKeys.of(plan.keys(), compiler);
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
                entries.add(new Entry(batch.row(i), batch.time(i), keys.values(batch.row(i), batch.time(i))));
            } catch (Exception | Error e) {
                failed(e, batch.row(i));
            }
        }
        entries.sort((left, right) -> keys.compare(left.keys, right.keys));
        entries.forEach(entry -> sorted.add(entry.row, entry.time));
        if (!sorted.isEmpty() || batch.isEmpty()) {
            next.result(out(sorted).trigger(batch.trigger()));
        }
        sorted.clear();
    }

    @Override
    public void time(long now) {
        next.time(now);
    }
}
