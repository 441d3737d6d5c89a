package io.varuna.engine.window;

import io.varuna.engine.expression.Evaluator;
import io.varuna.engine.expression.Hits;
import io.varuna.engine.state.StateInput;
import io.varuna.engine.state.StateOutput;
import java.util.ArrayDeque;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A sliding window with a delay that is put out in two parts: what was before the row that triggers it, with that row, at
 * once, and what comes after it when the delay is over.
 */
final class TwiceSentWindow extends RunningWindow {
    private final Supplier<Content> contents;
    private final Emission emission;
    private final long size;
    private final long delay;
    private final @Nullable Evaluator trigger;
    private final Hits hits;
    private final ArrayDeque<Later> later = new ArrayDeque<>();

    /** The rows after a trigger. */
    private record Later(long time, Content content) {}

    TwiceSentWindow(
            Supplier<Content> contents,
            Emission emission,
            long size,
            long delay,
            @Nullable Evaluator trigger,
            Hits hits) {
        super(contents.get(), emission);
        this.contents = contents;
        this.emission = emission;
        this.size = size;
        this.delay = delay;
        this.trigger = trigger;
        this.hits = hits;
    }

    @Override
    void add(@Nullable Object[] row, long time) throws Exception {
        content.add(row, time);
        content.evictBefore(time - size + 1);
        for (Later waiting : later) {
            waiting.content.add(row, time);
        }
        if (trigger == null || trigger.holds(row, time)) {
            hits.hit(time);
            emit(new Bounds(time - size, time, time));
            later.add(new Later(time, contents.get()));
        }
    }

    @Override
    void advance(long now) {
        while (due() <= now) {
            Later first = later.removeFirst();
            if (!first.content.isEmpty()) {
                emission.emit(first.content, new Bounds(first.time, first.time + delay, first.time));
            }
        }
    }

    @Override
    long due() {
        Later first = later.peekFirst();
        return first == null ? NEVER : first.time + delay;
    }

    @Override
    boolean idle() {
        return later.isEmpty() && super.idle();
    }

    @Override
    void save(StateOutput out) {
        hits.save(out);
        out.putLong(later.size());
        later.forEach(waiting -> {
            out.putLong(waiting.time);
            waiting.content.save(out);
        });
        super.save(out);
    }

    @Override
    void load(StateInput in) {
        hits.load(in);
        later.clear();
        for (int left = in.getCount(); left > 0; left--) {
            Later waiting = new Later(in.getLong(), contents.get());
            waiting.content.load(in);
            later.add(waiting);
        }
        super.load(in);
    }
}
