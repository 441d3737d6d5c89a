package io.varuna.engine.step;

import io.varuna.engine.aggregate.GroupKeys;
import io.varuna.engine.data.RowBatch;
import io.varuna.engine.expression.ExpressionCompiler;
import io.varuna.plan.RowNumber;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Adds to each row its number within its result. */
public final class RowNumberStep extends Step {
    private final GroupKeys partitionBy;
    private final SortKeys orderBy;
    private final Step next;
    private final RowBatch numbered = new RowBatch();

    public RowNumberStep(StepSetting setting, RowNumber plan, ExpressionCompiler compiler, Step next) {
        super(setting);
        this.partitionBy = new GroupKeys(compiler.compile(plan.partitionBy()));
        this.orderBy = SortKeys.of(plan.orderBy(), compiler);
        this.next = next;
    }

    /** A row that is numbered; its place is that in the result. */
    private static final class Entry {
        private final int place;
        private final Object partition;
        private final @Nullable Object[] keys;

        Entry(int place, Object partition, @Nullable Object[] keys) {
            this.place = place;
            this.partition = partition;
            this.keys = keys;
        }
    }

    @Override
    protected void processRows(RowBatch batch) {
        for (int i = 0; i < batch.size(); i++) {
            add(batch, i, 1);
        }
        next.rows(out(numbered));
        numbered.clear();
    }

    @Override
    protected void processResult(RowBatch batch) {
        List<Entry> entries = new ArrayList<>(batch.size());
        for (int i = 0; i < batch.size(); i++) {
            @Nullable Object[] row = batch.row(i);
            try {
                Object partition = GroupKeys.mapKey(partitionBy.values(row, batch.time(i)));
                entries.add(new Entry(i, partition, orderBy.values(row, batch.time(i))));
            } catch (Exception | Error e) {
                failed(e, row);
            }
        }
        entries.sort((left, right) -> orderBy.compare(left.keys, right.keys));
        long[] numbers = new long[batch.size()];
        Map<Object, Long> counts = new HashMap<>();
        entries.forEach(entry -> numbers[entry.place] = counts.merge(entry.partition, 1L, Long::sum));
        for (int i = 0; i < numbers.length; i++) {
            if (numbers[i] > 0) {
                add(batch, i, numbers[i]);
            }
        }
        if (!numbered.isEmpty() || batch.isEmpty()) {
            next.result(out(numbered).trigger(batch.trigger()));
        }
        numbered.clear();
    }

    private void add(RowBatch batch, int index, long number) {
        @Nullable Object[] row = batch.row(index);
        @Nullable Object[] longer = Arrays.copyOf(row, row.length + 1);
        longer[row.length] = number;
        numbered.add(longer, batch, index);
    }

    @Override
    public void time(long now) {
        next.time(now);
    }
}
