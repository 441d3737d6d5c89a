package io.varuna.engine.step;

import io.varuna.api.data.Column;
import io.varuna.api.data.DataType;
import io.varuna.engine.data.RowBatch;
import io.varuna.engine.metric.StepMetrics;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The step after the one that is tried: keeps what arrives. */
final class StepProbe extends Step {
    private final List<List<@Nullable Object>> rows = new ArrayList<>();
    private final List<Long> triggers = new ArrayList<>();
    private long time = Long.MIN_VALUE;

    StepProbe() {
        super(setting());
    }

    /** Returns the setting of a step whose rows must not fail. */
    static StepSetting setting() {
        return new StepSetting(
                new StepMetrics("tried", false),
                (where, cause, row) -> {
                    throw new AssertionError("A row failed: " + row, cause);
                },
                Clock.systemUTC(),
                List.of(new Column("value", DataType.ANY)));
    }

    static RowBatch batch(List<? extends @Nullable Object> values) {
        RowBatch batch = new RowBatch();
        values.forEach(value -> batch.add(new @Nullable Object[] {value}, 0));
        return batch;
    }

    @Override
    protected void processRows(RowBatch batch) {
        processResult(batch);
    }

    @Override
    protected void processResult(RowBatch batch) {
        triggers.add(batch.trigger());
        for (int i = 0; i < batch.size(); i++) {
            rows.add(Arrays.asList(batch.row(i).clone()));
        }
    }

    @Override
    public void time(long now) {
        time = now;
    }

    /** Returns the first values of the rows since the last call. */
    List<@Nullable Object> takeValues() {
        List<@Nullable Object> values = new ArrayList<>();
        rows.forEach(row -> values.add(row.get(0)));
        rows.clear();
        return values;
    }

    /** Returns when the results since the last call were set off. */
    List<Long> takeTriggers() {
        List<Long> taken = List.copyOf(triggers);
        triggers.clear();
        return taken;
    }

    long time() {
        return time;
    }
}
