package io.varuna.engine.step;

import io.varuna.engine.data.RowBatch;
import io.varuna.engine.expression.Evaluator;
import org.jspecify.annotations.Nullable;

/** Computes new rows. */
public final class ProjectStep extends Step {
    private final Evaluator[] expressions;
    private final Step next;
    private final RowBatch computed = new RowBatch();

    /** Creates the step; the evaluators tell missing columns from NULL. */
    public ProjectStep(StepSetting setting, Evaluator[] expressions, Step next) {
        super(setting);
        this.expressions = expressions;
        this.next = next;
    }

    @Override
    protected void processRows(RowBatch batch) {
        next.rows(project(batch));
        computed.clear();
    }

    @Override
    protected void processResult(RowBatch batch) {
        project(batch).trigger(batch.trigger());
        if (!computed.isEmpty() || batch.isEmpty()) {
            next.result(computed);
        }
        computed.clear();
    }

    private RowBatch project(RowBatch batch) {
        for (int i = 0; i < batch.size(); i++) {
            try {
                @Nullable Object[] row = new @Nullable Object[expressions.length];
                for (int c = 0; c < row.length; c++) {
                    row[c] = expressions[c].value(batch.row(i), batch.time(i));
                }
                computed.add(row, batch, i);
            } catch (Exception | Error e) {
                failed(e, batch.row(i));
            }
        }
        return out(computed);
    }

    @Override
    public void time(long now) {
        next.time(now);
    }
}
