package io.varuna.testkit;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Finds threads that outlive what started them. */
final class Threads {
    private static final int CYCLES = 5;
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(10);

    private Threads() {}

    /** Fails if the number of threads grows with the number of times {@code openAndClose} is run. */
    static void assertNoneLeftBy(Work openAndClose, Predicate<Thread> mayOutlive) throws Exception {
        openAndClose.run(); // what is started once for all is started now
        Set<Thread> before = new HashSet<>(Thread.getAllStackTraces().keySet());
        for (int i = 0; i < CYCLES; i++) {
            openAndClose.run();
        }
        long deadline = System.nanoTime() + PATIENCE;
        List<Thread> left = since(before, mayOutlive);
        while (left.size() >= CYCLES && System.nanoTime() < deadline) {
            left.get(0).join(100);
            left = since(before, mayOutlive);
        }
        if (left.size() >= CYCLES) {
            throw new AssertionError("Threads are left behind by close(): "
                    + left.stream().map(Thread::getName).sorted().toList());
        }
    }

    private static List<Thread> since(Set<Thread> before, Predicate<Thread> mayOutlive) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !before.contains(thread) && thread.isAlive() && !mayOutlive.test(thread))
                .toList();
    }

    @FunctionalInterface
    interface Work {
        void run() throws Exception;
    }
}
