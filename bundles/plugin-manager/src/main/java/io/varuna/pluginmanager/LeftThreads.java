package io.varuna.pluginmanager;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.BundleWiring;

/** Finds threads that a plugin has started and not ended. They would keep its classes in memory. */
final class LeftThreads {
    private static final long PATIENCE = Duration.ofSeconds(1).toNanos();

    private final BundleWiring wiring;
    private final ClassLoader loader;
    private final List<BundleWiring> successors;

    private LeftThreads(BundleWiring wiring, List<BundleWiring> successors) {
        this.wiring = wiring;
        this.loader = wiring.getClassLoader();
        this.successors = successors;
    }

    /**
     * Returns the names of the threads of a bundle that was stopped, after a moment in which they may end.
     *
     * @param others other versions of the bundle that may be at work: a stack tells the names of classes only, so one that both
     *     have says nothing
     */
    static List<String> of(Bundle bundle, List<Bundle> others) {
        BundleWiring wiring = bundle.adapt(BundleWiring.class);
        if (wiring == null || wiring.getClassLoader() == null) {
            return List.of();
        }
        List<BundleWiring> successors = others.stream()
                .flatMap(other -> Stream.ofNullable(other.adapt(BundleWiring.class)))
                .toList();
        return new LeftThreads(wiring, successors).names();
    }

    private List<String> names() {
        long deadline = System.nanoTime() + PATIENCE;
        List<Thread> left = threads();
        try {
            while (!left.isEmpty() && System.nanoTime() < deadline) {
                left.get(0).join(TimeUnit.NANOSECONDS.toMillis(PATIENCE) / 10);
                left = threads();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return left.stream().map(Thread::getName).sorted().toList();
    }

    private List<Thread> threads() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(entry -> !entry.getKey().equals(Thread.currentThread()))
                .filter(entry -> belongs(entry.getKey())
                        || List.of(entry.getValue()).stream().anyMatch(this::isOfBundle))
                .map(Map.Entry::getKey)
                .toList();
    }

    private boolean belongs(Thread thread) {
        return loader.equals(thread.getContextClassLoader())
                || loader.equals(thread.getClass().getClassLoader());
    }

    private boolean isOfBundle(StackTraceElement frame) {
        return has(wiring, frame) && successors.stream().noneMatch(other -> has(other, frame));
    }

    /** Tells whether the class of a frame is one of a bundle's, without loading it. */
    static boolean has(BundleWiring wiring, StackTraceElement frame) {
        String name = frame.getClassName().replace('.', '/');
        int slash = name.lastIndexOf('/');
        if (slash < 0 || name.startsWith("java/") || name.startsWith("jdk/")) {
            return false;
        }
        return !wiring.listResources(
                        name.substring(0, slash),
                        name.substring(slash + 1) + ".class",
                        BundleWiring.LISTRESOURCES_LOCAL)
                .isEmpty();
    }
}
