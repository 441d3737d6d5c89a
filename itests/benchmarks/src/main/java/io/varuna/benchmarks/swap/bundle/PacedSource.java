package io.varuna.benchmarks.swap.bundle;

import io.varuna.api.source.Position;
import io.varuna.api.source.ReadingSource;
import io.varuna.api.source.Source;
import io.varuna.api.source.SourceContext;
import io.varuna.api.source.SourceFactory;
import io.varuna.api.source.SourceOutput;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** Emits all numbers from zero on, so many a second, and goes on from a position. */
public final class PacedSource implements SourceFactory<PacedSource.Config> {
    private static final int BURST = 250;
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    /** What it takes. */
    public @interface Config {
        /** How many. */
        long perSecond() default 100_000;
    }

    @Override
    public Source open(Config config, SourceContext context) {
        long first = context.restored().stream()
                .mapToLong(position -> Long.parseLong(position.offset()))
                .max()
                .orElse(0);
        return (ReadingSource) out -> run(first, config.perSecond(), out);
    }

    private static void run(long first, long perSecond, SourceOutput out) throws InterruptedException {
        long start = System.nanoTime();
        for (long n = first; !Thread.currentThread().isInterrupted(); n++) {
            ByteBuffer payload = StandardCharsets.US_ASCII.encode(Long.toString(n));
            out.emit(payload, Map.of(), new Position("", Long.toString(n + 1)));
            if (n % BURST == 0) {
                out.flush();
                long ahead = start + (n - first) * NANOS_PER_SECOND / perSecond - System.nanoTime();
                if (ahead > 0) {
                    LockSupport.parkNanos(ahead);
                }
            }
        }
    }
}
