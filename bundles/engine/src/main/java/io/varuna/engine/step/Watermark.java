package io.varuna.engine.step;

import io.varuna.engine.data.Scratch;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How far event time has come: the streams of a rule hold back each other. Under the lock of the rule. */
public final class Watermark {
    private final long tolerance;
    private final long idleAfter;
    private final List<EventOrderStep> streams = new ArrayList<>();
    private long time = Long.MIN_VALUE;
    private long looked = Long.MIN_VALUE;
    private boolean stepwise;

    /**
     * Creates a watermark.
     *
     * @param tolerance how far behind the latest row others may be, in milliseconds
     * @param idleAfter after how long without rows a stream holds back no more, in milliseconds; 0 for never
     */
    public Watermark(long tolerance, long idleAfter) {
        this.tolerance = tolerance;
        this.idleAfter = idleAfter;
    }

    /** Makes time pass in all streams before each row, for windows that take what others put out. */
    public void stepwise() {
        stepwise = true;
    }

    void add(EventOrderStep stream) {
        streams.add(stream);
    }

    public long time() {
        return time;
    }

    void restore(long saved) {
        time = Math.max(time, saved);
    }

    /** Looks at the latest rows of all streams again. */
    void update(long now) {
        looked = now;
        if (streams.size() == 1) {
            // whether it is idle makes no difference, and this is asked for each row
            advance(streams.get(0).latest());
            return;
        }
        long least = Long.MAX_VALUE;
        for (EventOrderStep stream : streams) {
            if (!stream.idle(now, idleAfter)) {
                least = Math.min(least, stream.latest());
            }
        }
        advance(least);
    }

    private void advance(long latest) {
        if (latest != Long.MAX_VALUE && latest != Long.MIN_VALUE) {
            time = Math.max(time, latest - tolerance);
        }
    }

    /**
     * Lets all streams hand on what has come, in the order of time whatever the stream.
     *
     * @param scratch of the batch that came; null if the clock moved on
     */
    void release(long now, @Nullable Scratch scratch) {
        update(now);
        // the rows of several streams take turns, so that there may be only some at a time
        Scratch room = streams.size() == 1 && !stepwise ? scratch : null;
        for (EventOrderStep first = first(); first != null; first = first()) {
            if (stepwise) {
                long head = first.head();
                streams.forEach(stream -> stream.pass(head));
                first.release(head, room);
            } else {
                first.release(Math.min(time, secondHead(first)), room);
            }
        }
        streams.forEach(stream -> stream.pass(time));
    }

    private @Nullable EventOrderStep first() {
        EventOrderStep first = null;
        for (EventOrderStep stream : streams) {
            if (stream.head() <= time && (first == null || stream.head() < first.head())) {
                first = stream;
            }
        }
        return first;
    }

    private long secondHead(EventOrderStep first) {
        long least = Long.MAX_VALUE;
        for (EventOrderStep stream : streams) {
            if (stream != first) {
                least = Math.min(least, stream.head());
            }
        }
        return least;
    }

    /** Returns when a stream may become idle, in milliseconds since the epoch; {@code Long.MAX_VALUE} for never. */
    public long due() {
        return idleAfter == 0 || streams.size() < 2
                ? Long.MAX_VALUE
                : streams.stream()
                        .mapToLong(stream -> stream.lastArrival() + idleAfter)
                        // those that are idle already change no more by waiting
                        .filter(idle -> idle > looked)
                        .min()
                        .orElse(Long.MAX_VALUE);
    }
}
