package io.varuna.engine.step;

import io.varuna.engine.data.ColumnBatch;
import io.varuna.engine.data.RowBatch;
import io.varuna.engine.expression.Evaluator;
import io.varuna.engine.expression.ExpressionCompiler;
import io.varuna.engine.expression.Hits;
import io.varuna.engine.state.StateInput;
import io.varuna.engine.state.StateOutput;
import io.varuna.engine.vector.ColumnCondition;
import io.varuna.plan.Filter;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Hands on the rows for which a condition is true. A result that loses all its rows is not handed on. */
public final class FilterStep extends Step {
    private final String shape;
    private final Hits hits;
    private final Evaluator condition;
    private final @Nullable ColumnCondition ofColumns;
    private final Step next;
    private final RowBatch kept = new RowBatch();

    /** How many rows of the result that comes in portions were handed on. */
    private long passed;

    public FilterStep(StepSetting setting, Filter plan, ExpressionCompiler compiler, Step next) {
        super(setting);
        this.shape = plan.describe();
        this.hits = new Hits();
        this.condition = compiler.counting(hits).compile(plan.condition());
        this.ofColumns = ColumnCondition.of(plan.condition(), compiler).orElse(null);
        this.next = next;
    }

    @Override
    protected void processRows(RowBatch batch) {
        next.rows(filter(batch, true));
        kept.clear();
    }

    @Override
    protected void processColumns(ColumnBatch batch) {
        if (ofColumns == null) {
            super.processColumns(batch);
            return;
        }
        ColumnBatch selected = ofColumns.select(batch, this::failed);
        if (!selected.isEmpty()) {
            hits.hit(selected.size(), selected.time(selected.selection()[selected.size() - 1]));
            next.columns(out(selected));
        }
    }

    @Override
    protected void processResult(RowBatch batch) {
        // the rows of a result count as one, as the windows do that they come from
        if (!filter(batch, false).trigger(batch.trigger()).isEmpty()) {
            hits.hit(batch.trigger() == 0 ? kept.time(kept.size() - 1) : batch.trigger());
            next.result(kept);
        }
        kept.clear();
    }

    @Override
    public boolean takesPortions() {
        return ofColumns != null && next.takesPortions();
    }

    @Override
    protected void processPortion(ColumnBatch batch, boolean first, boolean last) {
        ColumnBatch selected = Objects.requireNonNull(ofColumns).select(batch, this::failed);
        passed = (first ? 0 : passed) + selected.size();
        if (last && passed > 0) {
            hits.hit(batch.time(0));
        }
        if (passed > 0 || !last) {
            next.portion(out(selected), first, last);
        }
    }

    private RowBatch filter(RowBatch batch, boolean eachRow) {
        for (int i = 0; i < batch.size(); i++) {
            try {
                if (condition.holds(batch.row(i), batch.time(i))) {
                    kept.add(batch, i);
                    if (eachRow) {
                        hits.hit(batch.time(i));
                    }
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
