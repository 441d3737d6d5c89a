package io.varuna.engine.step;

import io.varuna.engine.data.ColumnBatch;
import io.varuna.engine.data.RowBatch;
import io.varuna.engine.expression.Evaluator;
import io.varuna.engine.expression.ExpressionCompiler;
import io.varuna.engine.expression.Hits;
import io.varuna.engine.state.StateInput;
import io.varuna.engine.state.StateOutput;
import io.varuna.engine.vector.ColumnProjection;
import io.varuna.plan.Project;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Computes new rows. */
public final class ProjectStep extends Step {
    private final String shape;
    private final Hits hits;
    private final Evaluator[] expressions;
    private final @Nullable ColumnProjection ofColumns;
    private final Step next;
    private final RowBatch computed = new RowBatch();

    /** How many rows of the result that comes in portions came, and how many were handed on. */
    private long given;

    private long passed;

    public ProjectStep(StepSetting setting, Project plan, ExpressionCompiler compiler, Step next) {
        super(setting);
        this.shape = plan.describe();
        this.hits = new Hits();
        ExpressionCompiler counting = compiler.counting(hits);
        // missing columns have to be told from NULL
        this.expressions = plan.expressions().stream().map(counting::compileRaw).toArray(Evaluator[]::new);
        this.ofColumns = ColumnProjection.of(plan.expressions(), compiler).orElse(null);
        this.next = next;
    }

    @Override
    protected void processRows(RowBatch batch) {
        next.rows(project(batch));
        computed.clear();
    }

    @Override
    protected void processColumns(ColumnBatch batch) {
        if (ofColumns == null) {
            super.processColumns(batch);
            return;
        }
        ColumnBatch projected = ofColumns.project(batch, this::failed);
        if (!projected.isEmpty()) {
            hits.hit(projected.size(), projected.time(projected.selection()[projected.size() - 1]));
            next.columns(out(projected));
        }
    }

    @Override
    protected void processResult(RowBatch batch) {
        project(batch).trigger(batch.trigger());
        if (!computed.isEmpty() || batch.isEmpty()) {
            next.result(computed);
        }
        computed.clear();
    }

    @Override
    public boolean takesPortions() {
        return ofColumns != null && next.takesPortions();
    }

    @Override
    protected void processPortion(ColumnBatch batch, boolean first, boolean last) {
        ColumnBatch projected = Objects.requireNonNull(ofColumns).project(batch, this::failed);
        given = (first ? 0 : given) + batch.size();
        passed = (first ? 0 : passed) + projected.size();
        if (!projected.isEmpty()) {
            hits.hit(projected.size(), projected.time(projected.selection()[projected.size() - 1]));
        }
        if (passed > 0 || given == 0 || !last) {
            next.portion(out(projected), first, last);
        }
    }

    private RowBatch project(RowBatch batch) {
        for (int i = 0; i < batch.size(); i++) {
            try {
                @Nullable Object[] row = new @Nullable Object[expressions.length];
                for (int c = 0; c < row.length; c++) {
                    row[c] = expressions[c].value(batch.row(i), batch.time(i));
                }
                hits.hit(batch.time(i));
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
