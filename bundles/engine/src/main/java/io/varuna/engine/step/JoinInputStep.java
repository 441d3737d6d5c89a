package io.varuna.engine.step;

import io.varuna.engine.data.ColumnBatch;
import io.varuna.engine.data.RowBatch;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Makes the rows of one input of a join as wide as those of all inputs together, with the number of the input at the end.
 */
public final class JoinInputStep extends Step {
    private final int input;
    private final int offset;
    private final int width;
    private final @Nullable Object absent;
    private final boolean together;
    private final Step next;
    private final RowBatch widened = new RowBatch();

    /**
     * Creates the step.
     *
     * @param offset the place of the input's first column
     * @param width the number of columns of all inputs
     * @param absent what stands for the columns of others
     * @param together whether rows that belong together stay so, as no window gathers them anew
     */
    public JoinInputStep(
            StepSetting setting,
            int input,
            int offset,
            int width,
            @Nullable Object absent,
            boolean together,
            Step next) {
        super(setting);
        this.input = input;
        this.offset = offset;
        this.width = width;
        this.absent = absent;
        this.together = together;
        this.next = next;
    }

    @Override
    protected void processRows(RowBatch batch) {
        next.rows(widen(batch));
        widened.clear();
    }

    @Override
    protected void processColumns(ColumnBatch batch) {
        for (int i = 0; i < batch.size(); i++) {
            int row = batch.selection()[i];
            @Nullable Object[] wide = wide();
            batch.row(row, wide, offset);
            widened.add(wide, batch.time(row));
        }
        next.rows(out(widened));
        widened.clear();
    }

    @Override
    protected void processResult(RowBatch batch) {
        if (!together) {
            processRows(batch);
            return;
        }
        next.result(widen(batch).trigger(batch.trigger()));
        widened.clear();
    }

    private RowBatch widen(RowBatch batch) {
        for (int i = 0; i < batch.size(); i++) {
            @Nullable Object[] row = batch.row(i);
            @Nullable Object[] wide = wide();
            System.arraycopy(row, 0, wide, offset, row.length);
            widened.add(wide, batch.time(i));
        }
        return out(widened);
    }

    private @Nullable Object[] wide() {
        @Nullable Object[] wide = new @Nullable Object[width + 1];
        Arrays.fill(wide, absent);
        wide[width] = (long) input;
        return wide;
    }

    @Override
    public void time(long now) {
        next.time(now);
    }
}
