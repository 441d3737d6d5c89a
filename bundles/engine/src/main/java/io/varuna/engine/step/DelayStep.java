package io.varuna.engine.step;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.engine.data.RowBatch;
import io.varuna.engine.expression.Evaluator;
import io.varuna.engine.state.StateInput;
import io.varuna.engine.state.StateOutput;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Hands on rows and results later, in their order. Nothing waits but they: neither other rules of the stream nor a thread. In
 * processing time the rows that were kept have the time at which they go on.
 */
public final class DelayStep extends DelayingStep {
    private static final int MOST_AT_ONCE = 256;

    private static final int ROW = 0;
    private static final int RESULT = 1;
    private static final int TIME = 2;

    private final String shape;
    private final Evaluator[] millis;
    private final boolean eventTime;
    private final Step next;
    private final ArrayDeque<Entry> waiting = new ArrayDeque<>();
    private final RowBatch released = new RowBatch();
    private int rows;
    private long lastRelease = Long.MIN_VALUE;

    /**
     * Creates the step.
     *
     * @param shape what the plan says of it
     * @param millis the sum of these is how long a row waits
     * @param eventTime whether time moves with the rows, and so has to wait as they do
     */
    public DelayStep(StepSetting setting, String shape, Evaluator[] millis, boolean eventTime, Step next) {
        super(setting);
        this.shape = shape;
        this.millis = millis;
        this.eventTime = eventTime;
        this.next = next;
    }

    /**
     * What waits.
     *
     * @param time that of event time which passes, or the trigger of a result
     */
    private record Entry(int kind, long release, RowBatch batch, long time) {}

    @Override
    protected void processRows(RowBatch batch) {
        for (int i = 0; i < batch.size(); i++) {
            long wait = wait(batch, i);
            if (wait < 0) {
                continue;
            }
            if (wait == 0 && waiting.isEmpty()) {
                released.add(batch, i);
            } else if (hasRoom(1, batch.row(i))) {
                RowBatch single = new RowBatch(1);
                single.add(batch, i);
                keep(ROW, wait, single, 0);
            }
        }
        handOn();
    }

    @Override
    protected void processResult(RowBatch batch) {
        RowBatch kept = new RowBatch(Math.max(1, batch.size()));
        long wait = 0;
        for (int i = 0; i < batch.size(); i++) {
            long more = wait(batch, i);
            if (more >= 0) {
                wait += more;
                kept.add(batch, i);
            }
        }
        if (wait == 0 && waiting.isEmpty()) {
            next.result(out(kept).trigger(batch.trigger()));
        } else if (kept.isEmpty() || hasRoom(kept.size(), kept.row(0))) {
            keep(RESULT, wait, kept, batch.trigger());
        }
    }

    /** Returns how long a row has to wait, or -1 where that cannot be told. */
    private long wait(RowBatch batch, int index) {
        @Nullable Object[] row = batch.row(index);
        try {
            long sum = 0;
            for (Evaluator each : millis) {
                Object value = each.value(row, batch.time(index));
                if (value instanceof Number number) {
                    sum = Math.addExact(sum, Math.max(0, number.longValue()));
                } else if (value != null) {
                    throw new VarunaException(
                            StandardError.EVALUATION_FAILED,
                            "Argument 'ms' of 'delay' takes a number of milliseconds, not '" + value + "'");
                }
            }
            return sum;
        } catch (Exception | Error e) {
            failed(e, row);
            return -1;
        }
    }

    private boolean hasRoom(int more, @Nullable Object[] row) {
        if (rows + more <= MOST_ROWS) {
            return true;
        }
        failed(tooMany("delay"), row);
        return false;
    }

    private void keep(int kind, long wait, RowBatch batch, long time) {
        long now = clock().millis();
        long release = wait > NEVER - 1 - now ? NEVER - 1 : now + wait;
        // a row never overtakes another one
        lastRelease = Math.max(lastRelease, release);
        waiting.add(new Entry(kind, lastRelease, batch, time));
        rows += batch.size();
    }

    @Override
    public long due() {
        Entry first = waiting.peek();
        return first == null ? NEVER : first.release;
    }

    @Override
    public void strike(long now) {
        // what is left is due at once, after a look at whether the sinks can take it
        for (int left = MOST_AT_ONCE; left > 0 && due() <= now; left--) {
            Entry entry = waiting.remove();
            rows -= entry.batch.size();
            for (int i = 0; i < entry.batch.size(); i++) {
                long time = eventTime || entry.kind == RESULT ? entry.batch.time(i) : entry.release;
                released.add(entry.batch.row(i), time, entry.batch.tag(i));
            }
            if (entry.kind == RESULT) {
                next.result(out(released).trigger(entry.time));
                released.clear();
            } else if (entry.kind == TIME) {
                next.time(entry.time);
            } else if (left == 1 || waiting.isEmpty() || waiting.peek().kind != ROW || due() > now) {
                handOn();
            }
        }
    }

    private void handOn() {
        next.rows(out(released));
        released.clear();
    }

    @Override
    public void time(long now) {
        if (eventTime && !waiting.isEmpty()) {
            Entry last = waiting.getLast();
            if (last.kind == TIME) {
                waiting.removeLast();
            }
            waiting.add(new Entry(TIME, last.release, new RowBatch(1), now));
        } else {
            // rows that are due and not yet gone on have their time before it
            next.time(Math.min(now, due()));
        }
    }

    @Override
    public String stateShape() {
        return shape;
    }

    @Override
    public void save(StateOutput out) {
        out.putLong(waiting.size());
        for (Entry entry : waiting) {
            out.putLong(entry.kind).putLong(entry.release).putLong(entry.time).putLong(entry.batch.size());
            for (int i = 0; i < entry.batch.size(); i++) {
                out.putRow(entry.batch.row(i)).putLong(entry.batch.time(i)).putValue(entry.batch.tag(i));
            }
        }
    }

    @Override
    public void load(StateInput in) {
        waiting.clear();
        rows = 0;
        lastRelease = Long.MIN_VALUE;
        for (int left = in.getCount(); left > 0; left--) {
            int kind = (int) in.getLong();
            lastRelease = in.getLong();
            long time = in.getLong();
            int size = in.getCount();
            RowBatch batch = new RowBatch(Math.max(1, size));
            for (int i = 0; i < size; i++) {
                batch.add(in.getRow(), in.getLong(), in.getValue());
            }
            waiting.add(new Entry(kind, lastRelease, batch, time));
            rows += size;
        }
    }
}
