package io.varuna.engine.window;

import io.varuna.engine.aggregate.AggregateCalls;
import io.varuna.engine.aggregate.GroupKeys;
import io.varuna.engine.data.RowBatch;
import io.varuna.engine.expression.ExpressionCompiler;
import io.varuna.engine.state.StateInput;
import io.varuna.engine.state.StateOutput;
import io.varuna.engine.step.Step;
import io.varuna.engine.step.StepSetting;
import io.varuna.plan.RunningAggregate;
import io.varuna.plan.RunningAggregate.Frame.Unit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Adds to each row the aggregates over the rows before it, and itself. Where rows of the same time count for each other, they
 * wait until a later time shows that all of them have come.
 */
public final class RunningAggregateStep extends Step {
    private static final PartitionLimit PARTITIONS = new PartitionLimit(1_000_000);

    private final RunningAggregate plan;
    private final GroupKeys partitionBy;
    private final AggregateCalls calls;
    private final Frames frames;
    private final boolean range;
    private final boolean together;
    private final Step next;
    private final List<Waiting> waiting = new ArrayList<>();
    private final RowBatch extended = new RowBatch();
    private long waitingTime;
    private boolean ofResults;

    /**
     * Creates the step.
     *
     * @param eventTime whether several rows can have the same time; otherwise each has one of its own, that of its arrival
     */
    public RunningAggregateStep(
            StepSetting setting, RunningAggregate plan, boolean eventTime, ExpressionCompiler compiler, Step next) {
        super(setting);
        this.plan = plan;
        this.partitionBy = new GroupKeys(compiler.compile(plan.partitionBy()));
        this.calls = new AggregateCalls(plan.calls(), compiler);
        this.range = plan.frame().unit() == Unit.RANGE;
        this.together = range && eventTime;
        this.next = next;
        this.frames = frames(plan.frame());
    }

    private Frames frames(RunningAggregate.Frame frame) {
        if (!frame.bounded()) {
            return new Frames.Endless(partitionBy, calls, PARTITIONS);
        }
        return switch (frame.unit()) {
            case ROWS -> new LastRows(calls, frame.preceding() + 1, PARTITIONS);
            case RANGE -> new Frames.OfTime(partitionBy, calls, frame.preceding());
        };
    }

    /** A row whose results are not known yet. */
    private static final class Waiting {
        private final @Nullable Object[] partition;
        private final @Nullable Object[] row;
        private final long time;
        private final @Nullable Object tag;
        private final Frames.Frame frame;

        Waiting(
                @Nullable Object[] partition,
                @Nullable Object[] row,
                long time,
                @Nullable Object tag,
                Frames.Frame frame) {
            this.partition = partition;
            this.row = row;
            this.time = time;
            this.tag = tag;
            this.frame = frame;
        }
    }

    @Override
    protected void processRows(RowBatch batch) {
        ofResults = false;
        for (int i = 0; i < batch.size(); i++) {
            add(batch, i, batch.time(i));
            if (!together) {
                settle();
            }
        }
        handOn();
    }

    /** The rows of a result have the time of its end. */
    @Override
    protected void processResult(RowBatch batch) {
        ofResults = true;
        for (int i = 0; i < batch.size(); i++) {
            add(batch, i, batch.trigger());
            if (!range) {
                settle();
            }
        }
        if (!together) {
            settle();
            if (!extended.isEmpty() || batch.isEmpty()) {
                handOn(batch.trigger());
            }
        }
    }

    private void add(RowBatch batch, int index, long time) {
        @Nullable Object[] row = batch.row(index);
        if (together && time != waitingTime) {
            settle();
            handOnResult();
        }
        try {
            @Nullable Object[] partition = partitionBy.values(row, batch.time(index));
            Frames.Frame frame = frames.add(partition, row, time);
            waiting.add(new Waiting(partition, row, batch.time(index), batch.tag(index), frame));
            waitingTime = time;
        } catch (Exception | Error e) {
            failed(e, row);
        }
    }

    /** Gives the rows that wait their results. */
    private void settle() {
        waiting.forEach(this::extend);
        waiting.clear();
    }

    private void extend(Waiting added) {
        @Nullable Object[] row = added.row;
        try {
            @Nullable Object[] longer = Arrays.copyOf(row, row.length + calls.size());
            added.frame.results(longer, row.length);
            extended.add(longer, added.time, added.tag);
        } catch (Exception | Error e) {
            failed(e, row);
        }
    }

    /** Hands on rows that come by themselves. */
    private void handOn() {
        if (!extended.isEmpty()) {
            next.rows(out(extended));
            extended.clear();
        }
    }

    /** Hands on what was the result of a window. */
    private void handOnResult() {
        if (ofResults && !extended.isEmpty()) {
            handOn(waitingTime);
        }
    }

    private void handOn(long trigger) {
        next.result(out(extended).trigger(trigger));
        extended.clear();
    }

    @Override
    public void time(long now) {
        if (waitingTime < now) {
            settle();
            handOnResult();
            handOn();
        }
        frames.pass(Math.min(now, waiting.isEmpty() ? now : waitingTime));
        next.time(now);
    }

    @Override
    public String stateShape() {
        return plan.describe();
    }

    @Override
    public void save(StateOutput out) {
        frames.save(out);
        out.putLong(waitingTime).putLong(ofResults ? 1 : 0).putLong(waiting.size());
        waiting.forEach(row ->
                out.putRow(row.partition).putRow(row.row).putLong(row.time).putValue(row.tag));
    }

    @Override
    public void load(StateInput in) {
        frames.load(in);
        waitingTime = in.getLong();
        ofResults = in.getLong() == 1;
        waiting.clear();
        for (int left = in.getCount(); left > 0; left--) {
            @Nullable Object[] partition = in.getRow();
            waiting.add(new Waiting(partition, in.getRow(), in.getLong(), in.getValue(), frames.frame(partition)));
        }
    }
}
