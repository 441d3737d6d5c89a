package io.varuna.engine.window;

import io.varuna.engine.state.StateInput;
import io.varuna.engine.state.StateOutput;
import org.jspecify.annotations.Nullable;

/**
 * A window as long as rows keep coming. It ends when none came for a while; and at the next regular time when its first row
 * is at least the longest duration before that, in which case the next session goes on from there.
 */
final class SessionWindow extends RunningWindow {
    /** Later than all times, but not never, which stands for no session. */
    private static final long UNLIMITED = NEVER - 1;

    private final Alignment ticks;
    private final long longest;
    private final long gap;
    private long start;
    private long first;
    private long last;
    private long tick = NEVER;

    SessionWindow(Content content, Emission emission, Alignment ticks, long longest, long gap) {
        super(content, emission);
        this.ticks = ticks;
        this.longest = longest;
        this.gap = gap;
    }

    private boolean open() {
        return tick != NEVER;
    }

    @Override
    void add(@Nullable Object[] row, long time) throws Exception {
        boolean empty = content.isEmpty();
        content.add(row, time);
        if (!open()) {
            start = time;
            tick = longest == Long.MAX_VALUE ? UNLIMITED : ticks.firstEnd(time);
        }
        if (empty) {
            first = time;
        }
        last = time;
    }

    @Override
    void advance(long now) {
        while (due() <= now) {
            if (tick < last + gap) {
                tick();
            } else {
                close(last + gap);
                tick = NEVER;
            }
        }
    }

    private void tick() {
        if (!content.isEmpty() && tick - first >= longest) {
            close(tick);
            start = tick;
        }
        tick = ticks.next(tick);
    }

    private void close(long end) {
        if (!content.isEmpty()) {
            emit(new Bounds(start, end, end));
            content.clear();
        }
    }

    @Override
    long due() {
        return open() ? Math.min(tick, last + gap) : NEVER;
    }

    @Override
    boolean idle() {
        return !open();
    }

    @Override
    void save(StateOutput out) {
        out.putLong(start).putLong(first).putLong(last).putLong(tick);
        super.save(out);
    }

    @Override
    void load(StateInput in) {
        start = in.getLong();
        first = in.getLong();
        last = in.getLong();
        tick = in.getLong();
        super.load(in);
    }
}
