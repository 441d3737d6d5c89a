package io.varuna.engine.step;

import io.varuna.engine.aggregate.AggregateCalls;
import io.varuna.engine.aggregate.GroupKeys;
import io.varuna.engine.aggregate.Groups;
import io.varuna.engine.data.RowBatch;
import io.varuna.engine.expression.Evaluator;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Gives every row of a result the aggregates over all of its rows. */
public final class TotalsStep extends Step {
    private final AggregateCalls calls;
    private final Step next;
    private final RowBatch single = new RowBatch(1);
    private final RowBatch extended = new RowBatch();

    public TotalsStep(StepSetting setting, AggregateCalls calls, Step next) {
        super(setting);
        this.calls = calls;
        this.next = next;
    }

    @Override
    protected void processRows(RowBatch batch) {
        for (int i = 0; i < batch.size(); i++) {
            single.add(batch, i);
            extend(single);
            single.clear();
        }
        next.rows(out(extended));
        extended.clear();
    }

    @Override
    protected void processResult(RowBatch batch) {
        extend(batch);
        next.result(out(extended).trigger(batch.trigger()));
        extended.clear();
    }

    private void extend(RowBatch batch) {
        Groups all = new Groups(new GroupKeys(new Evaluator[0]), calls);
        for (int i = 0; i < batch.size(); i++) {
            try {
                all.add(batch.row(i), batch.time(i));
            } catch (Exception | Error e) {
                failed(e, batch.row(i));
            }
        }
        RowBatch totals = new RowBatch(1);
        all.results(batch.trigger(), 0, totals, (cause, row) -> failed(cause, row));
        for (int i = 0; i < batch.size() && !totals.isEmpty(); i++) {
            @Nullable Object[] row = batch.row(i);
            @Nullable Object[] longer = Arrays.copyOf(row, row.length + calls.size());
            System.arraycopy(totals.row(0), 0, longer, row.length, calls.size());
            extended.add(longer, batch, i);
        }
    }

    @Override
    public void time(long now) {
        next.time(now);
    }
}
