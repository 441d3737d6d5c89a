package io.varuna.benchmarks.pipeline;

import java.util.Map;

/** Something to be measured, ready to run. One thread. */
public interface Trial extends AutoCloseable {
    /** Processes some messages and returns how many they were. Called again and again. */
    long run() throws Exception;

    /** Returns how much processor time other processes used for the runs so far. */
    default long nanosElsewhere() {
        return 0;
    }

    /** Returns figures of its own beside time and memory, by name. */
    default Map<String, Double> figures() {
        return Map.of();
    }

    @Override
    default void close() throws Exception {}
}
