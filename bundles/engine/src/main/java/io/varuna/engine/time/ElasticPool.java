package io.varuna.engine.time;

import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A pool that grows while its threads wait for something, and shrinks when they are idle. What is handed in after its end is
 * dropped, as is what was queued.
 */
public final class ElasticPool extends ThreadPoolExecutor {
    private static final long IDLE_SECONDS = 10;

    /**
     * Creates a pool without threads.
     *
     * @param name what the names of the threads begin with
     * @param most so many tasks may be under way before others have to queue
     */
    public ElasticPool(String name, int most) {
        super(0, most, IDLE_SECONDS, TimeUnit.SECONDS, new Backlog(), new DetachedThreads(name));
        setRejectedExecutionHandler((task, full) -> {
            if (!full.isShutdown() && getQueue() instanceof Backlog backlog) {
                backlog.put(task);
            }
        });
    }
}
