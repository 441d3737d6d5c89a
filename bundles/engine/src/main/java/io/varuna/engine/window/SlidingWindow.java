package io.varuna.engine.window;

import io.varuna.engine.expression.Evaluator;
import io.varuna.engine.expression.Hits;
import io.varuna.engine.state.StateInput;
import io.varuna.engine.state.StateOutput;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** A window before, and perhaps some time after, each row that triggers it. */
final class SlidingWindow extends RunningWindow {
    private final long size;
    private final long reach;
    private final long delay;
    private final boolean ties;
    private final @Nullable Evaluator trigger;
    private final Hits hits;
    private final ArrayDeque<Long> pending = new ArrayDeque<>();

    /**
     * Creates the window.
     *
     * @param reach how much older than the trigger rows may be
     * @param ties whether rows of one time come together, so that a window holds all those of its trigger's time
     */
    SlidingWindow(
            Content content,
            Emission emission,
            long size,
            long reach,
            long delay,
            boolean ties,
            @Nullable Evaluator trigger,
            Hits hits) {
        super(content, emission);
        this.size = size;
        this.reach = reach;
        this.delay = delay;
        this.ties = ties && delay == 0;
        this.trigger = trigger;
        this.hits = hits;
    }

    @Override
    void add(@Nullable Object[] row, long time) throws Exception {
        content.add(row, time);
        Long waiting = pending.peekFirst();
        content.evictBefore((waiting == null ? time : waiting) - reach);
        if (trigger == null || trigger.holds(row, time)) {
            hits.hit(time);
            if (delay == 0 && !ties) {
                emit(new Bounds(time - size, time, time));
            } else {
                pending.add(time);
            }
        }
    }

    @Override
    void advance(long now) {
        close(now);
    }

    @Override
    void pass(long now) {
        close(ties ? now + 1 : now);
    }

    private void close(long now) {
        while (due() <= now) {
            long time = pending.removeFirst();
            content.evictBefore(time - reach);
            emit(new Bounds(time - size, time + delay, time + delay));
        }
    }

    @Override
    long due() {
        Long first = pending.peekFirst();
        if (first == null) {
            return NEVER;
        }
        // a millisecond later there can be no more rows of that time
        return ties ? first + 1 : first + delay;
    }

    @Override
    void save(StateOutput out) {
        hits.save(out);
        out.putLong(pending.size());
        pending.forEach(out::putLong);
        super.save(out);
    }

    @Override
    void load(StateInput in) {
        hits.load(in);
        pending.clear();
        for (int left = in.getCount(); left > 0; left--) {
            pending.add(in.getLong());
        }
        super.load(in);
    }
}
