package io.varuna.engine.step;

import io.varuna.api.data.Column;
import io.varuna.api.data.Missing;
import io.varuna.engine.data.ColumnBatch;
import io.varuna.engine.data.RowBatch;
import io.varuna.engine.metric.StepMetrics;
import io.varuna.engine.plugin.PluginFailure;
import io.varuna.engine.state.StateInput;
import io.varuna.engine.state.StateOutput;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A step of a running rule. Takes rows one by one, or results, which are rows that belong together, and hands on to the next
 * step. One thread at a time, under the lock of the rule; a batch is only valid during the call.
 */
public abstract class Step {
    private final StepMetrics metrics;
    private final StepSetting setting;

    protected Step(StepSetting setting) {
        this.setting = setting;
        this.metrics = setting.metrics();
    }

    /** Takes rows, each for itself. */
    public final void rows(RowBatch batch) {
        if (!batch.isEmpty()) {
            long start = begin(batch.size());
            processRows(batch);
            end(batch.size(), start);
        }
    }

    /** Takes rows as columns, each row for itself. */
    public final void columns(ColumnBatch batch) {
        if (!batch.isEmpty()) {
            long start = begin(batch.size());
            processColumns(batch);
            end(batch.size(), start);
        }
    }

    /** Takes rows that belong together; there may be none. */
    public final void result(RowBatch batch) {
        long start = begin(batch.size());
        processResult(batch);
        end(batch.size(), start);
    }

    /** Tells whether this step and those after it take results in portions. */
    public boolean takesPortions() {
        return false;
    }

    /**
     * Takes a part of a result as columns, in order; only where {@link #takesPortions}. A result whose last part does not come
     * is none.
     */
    public final void portion(ColumnBatch batch, boolean first, boolean last) {
        long start = begin(batch.size());
        processPortion(batch, first, last);
        end(batch.size(), start);
    }

    protected void processPortion(ColumnBatch batch, boolean first, boolean last) {
        throw new UnsupportedOperationException("portions");
    }

    private long begin(int rows) {
        metrics.in(rows, clock().millis());
        return System.nanoTime();
    }

    private void end(int rows, long start) {
        metrics.processed(rows, System.nanoTime() - start);
    }

    protected abstract void processRows(RowBatch batch);

    /** Takes rows as columns, which a step that does not work on whole columns turns into rows. */
    protected void processColumns(ColumnBatch batch) {
        RowBatch rows = new RowBatch(batch.size());
        batch.addTo(rows);
        processRows(rows);
    }

    protected abstract void processResult(RowBatch batch);

    /** Learns that all rows up to a time have come. Windows close. */
    public abstract void time(long now);

    /** Returns what has to match for state to be taken over, or empty where the step has none. */
    public String stateShape() {
        return "";
    }

    /** Saves what the step remembers. */
    public void save(StateOutput out) {
        // most steps remember nothing
    }

    /** Replaces what the step remembers. */
    public void load(StateInput in) {
        // most steps remember nothing
    }

    public final StepMetrics metrics() {
        return metrics;
    }

    protected final Clock clock() {
        return setting.clock();
    }

    /** Counts rows on their way to the next step. */
    protected final RowBatch out(RowBatch batch) {
        metrics.out(batch.size());
        return batch;
    }

    /** Counts rows on their way to the next step. */
    protected final ColumnBatch out(ColumnBatch batch) {
        metrics.out(batch.size());
        return batch;
    }

    /** Reports a row that cannot be evaluated, also where a plugin failed in an unusual way. */
    protected final void failed(Throwable cause, @Nullable Object[] row) {
        setting.trouble().rowFailed(metrics, PluginFailure.asException(cause), columns(row));
    }

    private Map<String, @Nullable Object> columns(@Nullable Object[] row) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        List<Column> columns = setting.input();
        for (int i = 0; i < row.length && i < columns.size(); i++) {
            if (row[i] != Missing.VALUE) {
                values.put(columns.get(i).name(), row[i]);
            }
        }
        return values;
    }
}
