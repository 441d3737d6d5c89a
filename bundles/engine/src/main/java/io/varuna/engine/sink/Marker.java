package io.varuna.engine.sink;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Goes through the queues of all sinks of a rule, and is reached when what was handed over before is dealt with. */
public record Marker(Kind kind, long checkpointId, Reached reached) {
    /** What a sink does when it reaches a marker. */
    public enum Kind {
        /** Nothing: it has taken what was before. */
        TAKEN,
        /** It makes safe what was before. */
        DURABLE,
        /** It publishes what it prepared for the checkpoint. */
        COMMIT
    }

    /** Told when one sink has reached the marker. */
    @FunctionalInterface
    public interface Reached {
        void by(SinkRunner sink);
    }

    /** Sends a marker to all sinks; {@code reached} runs when the last one has reached it. */
    public static void send(List<SinkRunner> sinks, Kind kind, long checkpointId, Runnable reached) {
        if (sinks.isEmpty()) {
            reached.run();
            return;
        }
        AtomicInteger left = new AtomicInteger(sinks.size());
        Marker marker = new Marker(kind, checkpointId, sink -> {
            if (left.decrementAndGet() == 0) {
                reached.run();
            }
        });
        sinks.forEach(sink -> sink.mark(marker));
    }
}
