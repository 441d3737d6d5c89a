package io.varuna.engine.window;

import io.varuna.engine.data.ColumnBatch;
import io.varuna.engine.state.StateInput;
import io.varuna.engine.state.StateOutput;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The last rows, put out whenever so many have come. */
final class CountWindow extends RunningWindow {
    private final long size;
    private final long slide;
    private final ArrayDeque<Long> times = new ArrayDeque<>();
    private long sinceLast;

    CountWindow(Content content, Emission emission, long size, long slide) {
        super(content, emission);
        this.size = size;
        this.slide = slide;
    }

    @Override
    void add(@Nullable Object[] row, long time) throws Exception {
        content.add(row, time);
        times.add(time);
        if (times.size() > size) {
            times.removeFirst();
            content.evictTo(size);
        }
        if (++sinceLast < slide) {
            return;
        }
        sinceLast = 0;
        if (times.size() == size) {
            emit(new Bounds(times.getFirst(), time, time));
            if (slide == size) {
                content.clear();
                times.clear();
            }
        }
    }

    @Override
    boolean takesColumns() {
        return slide == size && content.takesColumns();
    }

    @Override
    long takesUntil(long time) {
        return NEVER;
    }

    @Override
    int add(ColumnBatch batch, int from, int to, BiConsumer<Exception, Integer> trouble) {
        int end = (int) Math.min(to, from + slide - sinceLast);
        Set<Integer> refused = new HashSet<>();
        content.add(batch, from, end, (cause, place) -> {
            refused.add(place);
            trouble.accept(cause, place);
        });
        for (int i = from; i < end; i++) {
            int place = batch.selection()[i];
            if (!refused.contains(place)) {
                times.add(batch.time(place));
                sinceLast++;
            }
        }
        if (sinceLast == slide) {
            sinceLast = 0;
            emit(new Bounds(times.getFirst(), times.getLast(), times.getLast()));
            content.clear();
            times.clear();
        }
        return end;
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
    void save(StateOutput out) {
        out.putLong(sinceLast).putLong(times.size());
        times.forEach(out::putLong);
        super.save(out);
    }

    @Override
    void load(StateInput in) {
        sinceLast = in.getLong();
        times.clear();
        for (int left = in.getCount(); left > 0; left--) {
            times.add(in.getLong());
        }
        super.load(in);
    }
}
