package io.varuna.engine.sink;

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
}
