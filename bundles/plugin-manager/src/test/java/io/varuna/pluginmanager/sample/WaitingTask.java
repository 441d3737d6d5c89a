package io.varuna.pluginmanager.sample;

import java.util.concurrent.CountDownLatch;

/** What a thread does that a plugin forgets. */
public final class WaitingTask implements Runnable {
    private final CountDownLatch begun;
    private final CountDownLatch end;

    public WaitingTask(CountDownLatch begun, CountDownLatch end) {
        this.begun = begun;
        this.end = end;
    }

    @Override
    public void run() {
        begun.countDown();
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
