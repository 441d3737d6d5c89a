package io.varuna.engine.step;

import io.varuna.engine.data.ColumnBatch;
import io.varuna.engine.data.RecordColumns;
import io.varuna.engine.data.RowBatch;
import io.varuna.engine.data.Scratch;
import io.varuna.engine.data.WaitingRows;
import io.varuna.engine.state.StateInput;
import io.varuna.engine.state.StateOutput;
import org.jspecify.annotations.Nullable;

/** Brings the rows of a stream into the order of their times, and drops those that come too late. */
public final class EventOrderStep extends Step {
    /** So many rows are worth columns where not everything is ready for them. */
    private static final int FEW = 32;

    private static final int PORTION = 2_048;

    private final String shape;
    private final Watermark watermark;
    private final LateRows late;
    private final Step next;
    private final WaitingRows waiting = new WaitingRows();
    private final RowBatch released = new RowBatch();
    private long latest = Long.MIN_VALUE;
    private long lastArrival;
    private long handedOn = Long.MIN_VALUE;

    /**
     * Creates the step.
     *
     * @param shape what has to be the same for state to be taken over
     * @param late gets the rows that are dropped
     */
    public EventOrderStep(StepSetting setting, String shape, Watermark watermark, LateRows late, Step next) {
        super(setting);
        this.shape = shape;
        this.watermark = watermark;
        this.late = late;
        this.next = next;
        this.lastArrival = setting.clock().millis();
        watermark.add(this);
    }

    @Override
    protected void processColumns(ColumnBatch batch) {
        long now = clock().millis();
        lastArrival = now;
        // the record, where it is wanted, is the last column
        int width = batch.width() - (late.wantRecords() ? 1 : 0);
        int[] kept = batch.scratch().places(batch.size());
        int count = 0;
        for (int i = 0; i < batch.size(); i++) {
            int row = batch.selection()[i];
            long time = batch.time(row);
            if (time < watermark.time()) {
                late.late(late.wantRecords() ? batch.column(width).get(row) : null, time);
                continue;
            }
            kept[count++] = row;
            if (time > latest) {
                latest = time;
                // at once, so that it does not matter how rows come in batches
                watermark.update(now);
            }
        }
        waiting.add(batch, kept, count, width);
        watermark.release(now, batch.scratch());
    }

    @Override
    protected void processRows(RowBatch batch) {
        RecordColumns columns = new RecordColumns(batch.size());
        columns.begin(batch.row(0).length, null);
        for (int i = 0; i < batch.size(); i++) {
            columns.arrival(batch.time(i), batch.tag(i));
            columns.add(batch.row(i));
        }
        processColumns(columns.batch());
    }

    @Override
    protected void processResult(RowBatch batch) {
        processRows(batch);
    }

    long latest() {
        return latest;
    }

    long lastArrival() {
        return lastArrival;
    }

    boolean idle(long now, long after) {
        return after > 0 && now - lastArrival >= after;
    }

    /** Returns the time of the first row that waits; {@code Long.MAX_VALUE} if none does. */
    long head() {
        return waiting.firstTime();
    }

    /**
     * Hands on the rows up to a time.
     *
     * @param scratch where they have room as columns; null if only many are worth columns
     */
    void release(long until, @Nullable Scratch scratch) {
        Scratch room = scratch;
        for (int count = waiting.take(until, PORTION); count > 0; count = waiting.take(until, PORTION)) {
            if (room == null && count < FEW) {
                waiting.addTo(released);
                next.rows(out(released));
                released.clear();
                continue;
            }
            next.columns(out(waiting.columns(room == null ? new Scratch(count) : room)));
            // more than usual should not keep their room
            room = null;
        }
        waiting.settle();
    }

    /** Lets the time pass, after all rows up to it were handed on. */
    void pass(long until) {
        if (until > handedOn) {
            handedOn = until;
            next.time(until);
        }
    }

    /** The clock does not move event time, but it may show that a stream is idle. */
    @Override
    public void time(long now) {
        watermark.release(now, null);
    }

    @Override
    public String stateShape() {
        return shape;
    }

    @Override
    public void save(StateOutput out) {
        out.putLong(watermark.time()).putLong(latest).putLong(waiting.size());
        waiting.forEach((row, time, tag) -> out.putRow(row).putLong(time).putValue(tag));
    }

    @Override
    public void load(StateInput in) {
        watermark.restore(in.getLong());
        latest = in.getLong();
        waiting.clear();
        for (int left = in.getCount(); left > 0; left--) {
            waiting.add(in.getRow(), in.getLong(), in.getValue());
        }
    }
}
