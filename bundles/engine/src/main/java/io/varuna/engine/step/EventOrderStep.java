package io.varuna.engine.step;

import io.varuna.engine.data.RowBatch;
import io.varuna.engine.state.StateInput;
import io.varuna.engine.state.StateOutput;
import java.util.Arrays;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** Brings the rows of a stream into the order of their times, and drops those that come too late. */
public final class EventOrderStep extends Step {
    private final Watermark watermark;
    private final LateRows late;
    private final Step next;
    private final PriorityQueue<Entry> waiting =
            new PriorityQueue<>(Comparator.comparingLong(Entry::time).thenComparingLong(Entry::number));
    private final RowBatch released = new RowBatch();
    private long number;
    private long latest = Long.MIN_VALUE;
    private long lastArrival;
    private long handedOn = Long.MIN_VALUE;

    /** Creates the step; {@code late} gets the rows that are dropped. */
    public EventOrderStep(StepSetting setting, Watermark watermark, LateRows late, Step next) {
        super(setting);
        this.watermark = watermark;
        this.late = late;
        this.next = next;
        this.lastArrival = setting.clock().millis();
        watermark.add(this);
    }

    private static final class Entry {
        private final @Nullable Object[] row;
        private final long time;
        private final long number;
        private final @Nullable Object tag;

        Entry(@Nullable Object[] row, long time, long number, @Nullable Object tag) {
            this.row = row;
            this.time = time;
            this.number = number;
            this.tag = tag;
        }

        long time() {
            return time;
        }

        long number() {
            return number;
        }
    }

    @Override
    protected void processRows(RowBatch batch) {
        long now = clock().millis();
        lastArrival = now;
        for (int i = 0; i < batch.size(); i++) {
            long time = batch.time(i);
            @Nullable Object[] row = batch.row(i);
            int last = row.length - 1;
            if (time < watermark.time()) {
                late.late(late.wantRecords() ? row[last] : null, time);
                continue;
            }
            waiting.add(new Entry(late.wantRecords() ? Arrays.copyOf(row, last) : row, time, number++, batch.tag(i)));
            if (time > latest) {
                latest = time;
                // at once, so that it does not matter how rows come in batches
                watermark.update(now);
            }
        }
        watermark.release(now);
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
        Entry first = waiting.peek();
        return first == null ? Long.MAX_VALUE : first.time;
    }

    /** Hands on the rows up to a time. */
    void release(long until) {
        while (head() <= until) {
            Entry entry = waiting.remove();
            released.add(entry.row, entry.time, entry.tag);
        }
        next.rows(out(released));
        released.clear();
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
        watermark.release(now);
    }

    @Override
    public String stateShape() {
        return "event time";
    }

    @Override
    public void save(StateOutput out) {
        out.putLong(watermark.time()).putLong(latest).putLong(waiting.size());
        for (Entry entry : waiting.stream()
                .sorted(Comparator.comparingLong(Entry::time).thenComparingLong(Entry::number))
                .toList()) {
            out.putRow(entry.row).putLong(entry.time).putValue(entry.tag);
        }
    }

    @Override
    public void load(StateInput in) {
        watermark.restore(in.getLong());
        latest = in.getLong();
        waiting.clear();
        for (int left = in.getCount(); left > 0; left--) {
            waiting.add(new Entry(in.getRow(), in.getLong(), number++, in.getValue()));
        }
    }
}
