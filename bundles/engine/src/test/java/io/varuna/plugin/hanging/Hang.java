package io.varuna.plugin.hanging;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;

/** What a plugin may do, in a package that is not the engine's. */
public final class Hang {
    private Hang() {}

    /** Does not come back before the release, and does not even listen to being interrupted. */
    public static void until(CountDownLatch release) {
        while (release.getCount() > 0) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    /** Does not come back before the release, unless it is interrupted. */
    public static void await(CountDownLatch release) {
        try {
            release.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
