package io.varuna.engine.step;

import io.varuna.api.data.Missing;
import io.varuna.engine.data.RowBatch;
import io.varuna.engine.expression.Evaluator;
import io.varuna.engine.source.LookupTable;
import io.varuna.plan.Scan.ScanColumn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Joins each row with the rows that a lookup table has for its key. */
public final class LookupStep extends PairingStep {
    private final LookupTable table;
    private final List<ScanColumn> columns;
    private final Evaluator[] keys;
    private final boolean outer;
    private final @Nullable Object absent;
    private final Step next;

    /**
     * Creates the step.
     *
     * @param residual what else must be true of a pair; null if nothing
     * @param outer whether rows without a match are kept
     * @param absent what stands for the columns of the table then
     */
    public LookupStep(
            StepSetting setting,
            LookupTable table,
            List<ScanColumn> columns,
            Evaluator[] keys,
            @Nullable Evaluator residual,
            boolean outer,
            @Nullable Object absent,
            Step next) {
        super(setting, columns.size(), residual);
        this.table = table;
        this.columns = List.copyOf(columns);
        this.keys = keys;
        this.outer = outer;
        this.absent = absent;
        this.next = next;
    }

    @Override
    protected void processRows(RowBatch batch) {
        next.rows(paired(batch));
        forget();
    }

    @Override
    protected void processResult(RowBatch batch) {
        RowBatch joined = paired(batch).trigger(batch.trigger());
        if (!joined.isEmpty() || batch.isEmpty()) {
            next.result(joined);
        }
        forget();
    }

    @Override
    void pair(@Nullable Object[] row, long time) throws Exception {
        int before = taken();
        List<Object> key = key(row, time);
        if (key != null) {
            for (Map<String, @Nullable Object> match : table.lookup(key)) {
                offer(pair(row, match), time);
            }
        }
        if (outer && taken() == before) {
            @Nullable Object[] alone = widened(row);
            Arrays.fill(alone, row.length, alone.length, absent);
            take(alone, time);
        }
    }

    private @Nullable List<Object> key(@Nullable Object[] row, long time) throws Exception {
        List<Object> key = new ArrayList<>(keys.length);
        for (Evaluator part : keys) {
            Object value = part.value(row, time);
            if (value == null) {
                return null;
            }
            key.add(value);
        }
        return key;
    }

    private @Nullable Object[] pair(@Nullable Object[] row, Map<String, @Nullable Object> match) {
        @Nullable Object[] pair = widened(row);
        for (int i = 0; i < columns.size(); i++) {
            ScanColumn column = columns.get(i);
            pair[row.length + i] = switch (column.source()) {
                case FIELD -> match.containsKey(column.name()) ? match.get(column.name()) : Missing.VALUE;
                case RECORD -> match;
                case METADATA -> Map.of();
            };
        }
        return pair;
    }

    @Override
    public void time(long now) {
        next.time(now);
    }
}
