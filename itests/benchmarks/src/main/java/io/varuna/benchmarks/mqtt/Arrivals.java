package io.varuna.benchmarks.mqtt;

import io.varuna.benchmarks.pipeline.Output;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Counts results, for somebody who waits for them. One thread brings them. */
final class Arrivals implements Output {
    private static final long LOOK = Duration.ofMillis(2).toNanos();
    private static final long PATIENCE = Duration.ofSeconds(60).toNanos();

    private volatile long count;

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
    public void message(byte[] bytes, int offset, int length) {
        count++;
    }

    /** Returns when so many results have come since the beginning. */
    void await(long wanted) {
        long progress = System.nanoTime();
        long seen = count;
        while (count < wanted) {
            LockSupport.parkNanos(LOOK);
            if (count != seen) {
                seen = count;
                progress = System.nanoTime();
            }
            if (System.nanoTime() - progress > PATIENCE) {
                throw new IllegalStateException("Only " + seen + " of " + wanted + " results came");
            }
        }
    }
}
