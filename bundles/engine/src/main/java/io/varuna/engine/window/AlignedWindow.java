package io.varuna.engine.window;

import io.varuna.engine.state.StateInput;
import io.varuna.engine.state.StateOutput;
import org.jspecify.annotations.Nullable;

/** Tumbling and hopping windows: they end at regular times. */
final class AlignedWindow extends RunningWindow {
    /** How many windows without rows are put out in a row; the clock of a device may jump by years. */
    private static final int MOST_EMPTY = 1_000;

    private final Alignment alignment;
    private final long size;
    private final boolean overlapping;
    private final boolean emptyToo;
    private long end = NEVER;

    AlignedWindow(Content content, Emission emission, Alignment alignment, long size, long slide, boolean emptyToo) {
        super(content, emission);
        this.alignment = alignment;
        this.size = size;
        this.overlapping = slide < size;
        this.emptyToo = emptyToo;
    }

    @Override
    void start(long now) {
        if (emptyToo && end == NEVER) {
            begin(now);
        }
    }

    private void begin(long time) {
        end = alignment.firstEnd(time);
        if (content instanceof PanedRows panes) {
            panes.anchor(end);
        }
    }

    @Override
    void add(@Nullable Object[] row, long time) throws Exception {
        if (end == NEVER) {
            begin(time);
        }
        content.add(row, time);
    }

    @Override
    boolean takesColumns() {
        return content.takesColumns();
    }

    @Override
    long takesUntil(long time) {
        if (end == NEVER) {
            begin(time);
        }
        return end;
    }

    @Override
    void advance(long now) {
        int empty = 0;
        while (end <= now) {
            if (content.isEmpty() && (!emptyToo || empty++ == MOST_EMPTY)) {
                end = alignment.next(alignment.lastUntil(end, now));
                return;
            }
            close();
        }
    }

    private void close() {
        content.evictBefore(end - size);
        if (emptyToo || !content.isEmpty()) {
            emit(new Bounds(end - size, end, end));
        }
        long next = alignment.next(end);
        if (overlapping) {
            content.evictBefore(next - size);
        } else {
            content.clear();
        }
        end = next;
    }

    @Override
    long due() {
        return (emptyToo || !content.isEmpty()) ? end : NEVER;
    }

    @Override
    void save(StateOutput out) {
        out.putLong(end);
        super.save(out);
    }

    @Override
    void load(StateInput in) {
        end = in.getLong();
        super.load(in);
    }
}
