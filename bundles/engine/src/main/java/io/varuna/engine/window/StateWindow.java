package io.varuna.engine.window;

import io.varuna.engine.expression.Evaluator;
import io.varuna.engine.state.StateInput;
import io.varuna.engine.state.StateOutput;
import org.jspecify.annotations.Nullable;

/**
 * The rows from one for which a condition is true. With a second condition they end with the row for which that is true,
 * otherwise before the next row for which the first one is.
 */
final class StateWindow extends RunningWindow {
    private final Evaluator begin;
    private final @Nullable Evaluator end;
    private boolean open;
    private long start;

    StateWindow(Content content, Emission emission, Evaluator begin, @Nullable Evaluator end) {
        super(content, emission);
        this.begin = begin;
        this.end = end;
    }

    @Override
    void add(@Nullable Object[] row, long time) throws Exception {
        boolean begins = (end == null || !open) && begin.holds(row, time);
        if (begins) {
            if (open) {
                close(time);
            }
            open = true;
            start = time;
            content.add(row, time);
            return;
        }
        if (open) {
            content.add(row, time);
            if (end != null && end.holds(row, time)) {
                close(time);
                open = false;
            }
        }
    }

    private void close(long time) {
        emit(new Bounds(start, time, time));
        content.clear();
    }

    @Override
    void advance(long now) {
        // rows close it, not the time
    }

    @Override
    long due() {
        return NEVER;
    }

    @Override
    boolean idle() {
        return !open;
    }

    @Override
    void save(StateOutput out) {
        out.putValue(open).putLong(start);
        super.save(out);
    }

    @Override
    void load(StateInput in) {
        open = Boolean.TRUE.equals(in.getValue());
        start = in.getLong();
        super.load(in);
    }
}
