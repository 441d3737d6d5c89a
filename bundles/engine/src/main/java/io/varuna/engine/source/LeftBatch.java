package io.varuna.engine.source;

import io.varuna.engine.time.EngineTime;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A batch that some rules have not got, because one before them kept the thread that was to bring it. Each gets it on another
 * thread, in a copy of its own, so that none waits for one that keeps its thread as well. Thread-safe.
 */
final class LeftBatch {
    private static final Logger LOGGER = LoggerFactory.getLogger(LeftBatch.class);

    private final SourceBatch batch;
    private final Map<Subscriber, CompletableFuture<Void>> takers = new ConcurrentHashMap<>();

    /** Copies a batch, which must not change meanwhile. */
    LeftBatch(SourceBatch batch, List<Subscriber> takers) {
        this.batch = copy(batch);
        takers.forEach(taker -> this.takers.put(taker, new CompletableFuture<>()));
    }

    private static SourceBatch copy(SourceBatch batch) {
        return new SourceBatch(batch.layout(), batch.records().copy(), batch.sequence(), batch.positions(), false);
    }

    /** Brings it to all who lack it, and does what follows when each has it, or has left. */
    void deliver(EngineTime time, Runnable then) {
        takers.forEach((taker, taken) -> {
            SourceBatch own = copy(batch);
            time.execute(() -> {
                try {
                    taker.process(own);
                } catch (InterruptedException e) {
                    LOGGER.debug("A rule ended before it had a batch", e);
                    Thread.currentThread().interrupt();
                } finally {
                    taken.complete(null);
                }
            });
        });
        CompletableFuture<?> unused = CompletableFuture.allOf(takers.values().toArray(CompletableFuture<?>[]::new))
                .thenRun(then);
    }

    /** Waits no more for one who has left. */
    void leave(Subscriber taker) {
        CompletableFuture<Void> taken = takers.get(taker);
        if (taken != null) {
            taken.complete(null);
        }
    }
}
