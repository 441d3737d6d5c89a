package io.varuna.engine.step;

import io.varuna.engine.data.RowBatch;

/** Hands on the rows of several inputs. */
public final class UnionStep extends MergingStep {
    private final Step next;

    public UnionStep(StepSetting setting, int inputs, Step next) {
        super(setting, inputs);
        this.next = next;
    }

    @Override
    void rowsOf(int input, RowBatch batch) {
        rows(batch);
    }

    @Override
    void resultOf(int input, RowBatch batch) {
        result(batch);
    }

    @Override
    protected void processRows(RowBatch batch) {
        next.rows(out(batch));
    }

    @Override
    protected void processResult(RowBatch batch) {
        next.result(out(batch));
    }

    @Override
    public void time(long now) {
        next.time(now);
    }
}
