package io.varuna.engine.step;

import io.varuna.engine.data.RowBatch;

/**
 * Dates the rows of a window for the next window: just before the end of the one they come from, which is still part of it,
 * so that six windows of ten seconds make one of a minute.
 */
public final class ResultTimeStep extends Step {
    private final Step next;
    private final RowBatch dated = new RowBatch();

    public ResultTimeStep(StepSetting setting, Step next) {
        super(setting);
        this.next = next;
    }

    @Override
    protected void processRows(RowBatch batch) {
        next.rows(out(batch));
    }

    @Override
    protected void processResult(RowBatch batch) {
        for (int i = 0; i < batch.size(); i++) {
            dated.add(batch.row(i), Math.min(batch.time(i), batch.trigger() - 1), batch.tag(i));
        }
        next.result(out(dated).trigger(batch.trigger()));
        dated.clear();
    }

    @Override
    public void time(long now) {
        next.time(now);
    }
}
