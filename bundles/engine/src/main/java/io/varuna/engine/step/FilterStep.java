package io.varuna.engine.step;

import io.varuna.engine.data.RowBatch;
import io.varuna.engine.expression.Evaluator;
import io.varuna.engine.expression.ExpressionCompiler;
import io.varuna.engine.expression.Hits;
import io.varuna.engine.state.StateInput;
import io.varuna.engine.state.StateOutput;
import io.varuna.plan.Filter;

/** Hands on the rows for which a condition is true. A result that loses all its rows is not handed on. */
public final class FilterStep extends Step {
    private final String shape;
    private final Hits hits;
    private final Evaluator condition;
    private final Step next;
    private final RowBatch kept = new RowBatch();

    public FilterStep(StepSetting setting, Filter plan, ExpressionCompiler compiler, Step next) {
        super(setting);
        this.shape = plan.describe();
        this.hits = new Hits();
        this.condition = compiler.counting(hits).compile(plan.condition());
        this.next = next;
    }

    @Override
    protected void processRows(RowBatch batch) {
        next.rows(filter(batch));
        kept.clear();
    }

    @Override
    protected void processResult(RowBatch batch) {
        if (!filter(batch).trigger(batch.trigger()).isEmpty()) {
            next.result(kept);
        }
        kept.clear();
    }

    private RowBatch filter(RowBatch batch) {
        for (int i = 0; i < batch.size(); i++) {
            try {
                if (condition.holds(batch.row(i), batch.time(i))) {
                    hits.hit(batch.time(i));
                    kept.add(batch, i);
                }
            } catch (Exception | Error e) {
                failed(e, batch.row(i));
            }
        }
        return out(kept);
    }

    @Override
    public void time(long now) {
        next.time(now);
    }

    @Override
    public String stateShape() {
        return shape;
    }

    @Override
    public void save(StateOutput out) {
        hits.save(out);
    }

    @Override
    public void load(StateInput in) {
        hits.load(in);
    }
}
