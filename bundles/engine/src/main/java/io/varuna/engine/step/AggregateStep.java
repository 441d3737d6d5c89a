package io.varuna.engine.step;

import io.varuna.engine.aggregate.AggregateCalls;
import io.varuna.engine.aggregate.GroupKeys;
import io.varuna.engine.aggregate.Groups;
import io.varuna.engine.data.RowBatch;

/** Groups the rows of each result, and hands on a result with a row for each group. */
public final class AggregateStep extends Step {
    private final GroupKeys keys;
    private final AggregateCalls calls;
    private final Step next;
    private final RowBatch single = new RowBatch(1);
    private final RowBatch groups = new RowBatch();

    public AggregateStep(StepSetting setting, GroupKeys keys, AggregateCalls calls, Step next) {
        super(setting);
        this.keys = keys;
        this.calls = calls;
        this.next = next;
    }

    @Override
    protected void processRows(RowBatch batch) {
        for (int i = 0; i < batch.size(); i++) {
            single.add(batch.row(i), batch.time(i));
            processResult(single);
            single.clear();
        }
    }

    @Override
    protected void processResult(RowBatch batch) {
        Groups collected = new Groups(keys, calls);
        for (int i = 0; i < batch.size(); i++) {
            try {
                collected.add(batch.row(i), batch.time(i));
            } catch (Exception | Error e) {
                failed(e, batch.row(i));
            }
        }
        long time = (batch.trigger() != 0 || batch.isEmpty()) ? batch.trigger() : batch.time(batch.size() - 1);
        collected.results(time, 0, groups, (cause, row) -> failed(cause, row));
        if (!groups.isEmpty()) {
            next.result(out(groups).trigger(batch.trigger()));
        }
        groups.clear();
    }

    @Override
    public void time(long now) {
        next.time(now);
    }
}
