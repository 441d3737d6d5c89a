package io.varuna.engine.window;

import io.varuna.engine.expression.Evaluator;
import io.varuna.engine.state.StateInput;
import io.varuna.engine.state.StateOutput;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** A window before, and perhaps some time after, each row that triggers it. */
final class SlidingWindow extends RunningWindow {
    private final long size;
    private final long delay;
    private final @Nullable Evaluator trigger;
    private final ArrayDeque<Long> pending = new ArrayDeque<>();

    SlidingWindow(Content content, Emission emission, long size, long delay, @Nullable Evaluator trigger) {
        super(content, emission);
        this.size = size;
        this.delay = delay;
        this.trigger = trigger;
    }

    @Override
    void add(@Nullable Object[] row, long time) throws Exception {
        content.add(row, time);
        Long waiting = pending.peekFirst();
        content.evictBefore((waiting == null ? time : waiting) - size);
        if (trigger == null || trigger.holds(row, time)) {
            if (delay == 0) {
                emit(new Bounds(time - size, time, time));
            } else {
                pending.add(time);
            }
        }
    }

    @Override
    void advance(long now) {
        while (due() <= now) {
            long time = pending.removeFirst();
            content.evictBefore(time - size);
            emit(new Bounds(time - size, time + delay, time + delay));
        }
    }

    @Override
    long due() {
        Long first = pending.peekFirst();
        return first == null ? NEVER : first + delay;
    }

    @Override
    void save(StateOutput out) {
        out.putLong(pending.size());
        pending.forEach(out::putLong);
        super.save(out);
    }

    @Override
    void load(StateInput in) {
        pending.clear();
        for (int left = in.getCount(); left > 0; left--) {
            pending.add(in.getLong());
        }
        super.load(in);
    }
}
