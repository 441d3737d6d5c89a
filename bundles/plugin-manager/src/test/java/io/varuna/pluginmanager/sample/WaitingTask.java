package io.varuna.pluginmanager.sample;

import java.util.concurrent.CountDownLatch;

/** What a thread does that a plugin forgets. */
public final class WaitingTask {
    private WaitingTask() {}

    /** Returns a task that says that it has begun, and waits for its end. */
    public static Runnable of(CountDownLatch begun, CountDownLatch end) {
        return () -> {
            begun.countDown();
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
    }
}
