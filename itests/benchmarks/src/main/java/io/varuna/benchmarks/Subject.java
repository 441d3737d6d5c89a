package io.varuna.benchmarks;

import io.varuna.benchmarks.pipeline.Trial;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * Something that is measured in a process of its own.
 *
 * @param id unique, such as {@code memory/small/json/varuna}
 * @param label what it is called in its section's table
 * @param heapMegabytes size of the heap, which is reserved from the start
 * @param once whether one run is the whole measurement
 * @param other what it is measured in turns with
 */
record Subject(
        String id,
        String label,
        int heapMegabytes,
        boolean once,
        Callable<Trial> trial,
        Optional<Callable<Trial>> other) {
    private static final int HEAP = 256;

    static Subject of(String id, String label, Callable<Trial> trial) {
        return new Subject(id, label, HEAP, false, trial, Optional.empty());
    }

    /** Returns the same with a larger heap. */
    Subject withHeap(int megabytes) {
        return new Subject(id, label, megabytes, once, trial, other);
    }

    /** Returns the same, measured in a single run. */
    Subject runOnce() {
        return new Subject(id, label, heapMegabytes, true, trial, other);
    }

    /** Returns the same, measured in turns with something else, to tell what it costs more. */
    Subject inTurnsWith(Callable<Trial> another) {
        return new Subject(id, label, heapMegabytes, once, trial, Optional.of(another));
    }
}
