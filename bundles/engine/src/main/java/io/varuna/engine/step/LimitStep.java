package io.varuna.engine.step;

import io.varuna.engine.data.RowBatch;

/** Cuts each result to a number of rows. A row that comes for itself is a result of one. */
public final class LimitStep extends Step {
    private final long offset;
    private final long count;
    private final Step next;
    private final RowBatch kept = new RowBatch();

    public LimitStep(StepSetting setting, long offset, long count, Step next) {
        super(setting);
        this.offset = offset;
        this.count = count;
        this.next = next;
    }

    @Override
    protected void processRows(RowBatch batch) {
        if (offset == 0 && count > 0) {
            next.rows(out(batch));
        }
    }

    @Override
    protected void processResult(RowBatch batch) {
        long end = Math.min(batch.size(), offset + count);
        for (int i = (int) Math.min(offset, end); i < end; i++) {
            kept.add(batch.row(i), batch.time(i));
        }
        if (!kept.isEmpty()) {
            next.result(out(kept).trigger(batch.trigger()));
        }
        kept.clear();
    }

    @Override
    public void time(long now) {
        next.time(now);
    }
}
