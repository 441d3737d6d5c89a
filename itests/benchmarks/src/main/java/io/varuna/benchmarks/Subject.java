package io.varuna.benchmarks;

import io.varuna.benchmarks.pipeline.Trial;
import java.util.concurrent.Callable;

/**
 * Something that is measured in a process of its own.
 *
 * @param id unique, such as {@code memory/small/json/varuna}
 * @param label what it is called in its section's table
 * @param heapMegabytes size of the heap, which is reserved from the start
 * @param once whether one run is the whole measurement
 */
record Subject(String id, String label, int heapMegabytes, boolean once, Callable<Trial> trial) {
    private static final int HEAP = 256;

    static Subject of(String id, String label, Callable<Trial> trial) {
        return new Subject(id, label, HEAP, false, trial);
    }

    /** Returns the same with a larger heap. */
    Subject withHeap(int megabytes) {
        return new Subject(id, label, megabytes, once, trial);
    }

    /** Returns the same, measured in a single run. */
    Subject runOnce() {
        return new Subject(id, label, heapMegabytes, true, trial);
    }
}
