package io.varuna.pluginmanager;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.BundleWiring;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds threads that a plugin has started and not ended. They would keep its classes in memory. */
final class LeftThreads {
    private static final Logger LOG = LoggerFactory.getLogger(LeftThreads.class);
    /** Lower than the number of any thread. */
    private static final long NO_THREAD = 0;

    private static final long PATIENCE = Duration.ofSeconds(1).toNanos();

    /**
     * Another version of the bundle.
     *
     * @param starter the number of the thread that started it: threads that it started have higher ones
     */
    private record Successor(BundleWiring wiring, long starter) {}

    private final BundleWiring wiring;
    private final ClassLoader loader;
    private final List<Successor> successors;

    private LeftThreads(BundleWiring wiring, List<Successor> successors) {
        this.wiring = wiring;
        this.loader = wiring.getClassLoader();
        this.successors = successors;
    }

    /**
     * Has the log name the threads of a bundle that was stopped.
     *
     * @param starters the numbers of the threads that started bundles, by those of the bundles, as far as they are known
     */
    static void report(Bundle bundle, List<Bundle> all, Map<Long, Long> starters) {
        Map<Bundle, Long> others = all.stream()
                .filter(other -> other.getState() == Bundle.ACTIVE
                        && !other.equals(bundle)
                        && bundle.getSymbolicName().equals(other.getSymbolicName()))
                .collect(Collectors.toMap(
                        Function.identity(), other -> starters.getOrDefault(other.getBundleId(), NO_THREAD)));
        List<String> left = of(bundle, others);
        if (!left.isEmpty()) {
            LOG.warn(
                    "Plugin '{}' {} has left threads behind that keep its classes in memory: {}. What it opens has to end"
                            + " them when it is closed",
                    ServiceKinds.pluginName(bundle.getSymbolicName()),
                    BundleFile.plain(bundle.getVersion()),
                    String.join(", ", left));
        }
    }

    /**
     * Returns the names of the threads of a bundle that was stopped, after a moment in which they may end.
     *
     * @param others other versions of the bundle that may be at work, with the numbers of the threads that started them: a stack
     *     tells the names of classes only, so of one that both have it counts which was there first
     */
    static List<String> of(Bundle bundle, Map<Bundle, Long> others) {
        BundleWiring wiring = bundle.adapt(BundleWiring.class);
        if (wiring == null || wiring.getClassLoader() == null) {
            return List.of();
        }
        List<Successor> successors = others.entrySet().stream()
                .flatMap(other -> Stream.ofNullable(other.getKey().adapt(BundleWiring.class))
                        .map(found -> new Successor(found, other.getValue())))
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
                        || List.of(entry.getValue()).stream().anyMatch(this::isOfBundle)
                        || beganInBundle(entry.getKey(), entry.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private boolean belongs(Thread thread) {
        return loader.equals(thread.getContextClassLoader())
                || loader.equals(thread.getClass().getClassLoader());
    }

    private boolean isOfBundle(StackTraceElement frame) {
        return has(wiring, frame) && successors.stream().noneMatch(other -> has(other.wiring(), frame));
    }

    /** Tells whether a thread that no successor can have started does nothing but what is in a class of the bundle. */
    private boolean beganInBundle(Thread thread, StackTraceElement[] stack) {
        for (int i = stack.length - 1; i >= 0; i--) {
            // threads of the engine come to all versions by classes of its own
            if (!isOfJava(stack[i])) {
                return has(wiring, stack[i]) && successors.stream().allMatch(other -> thread.getId() < other.starter());
            }
        }
        return false;
    }

    private static boolean isOfJava(StackTraceElement frame) {
        return frame.getClassName().startsWith("java.") || frame.getClassName().startsWith("jdk.");
    }

    /** Tells whether the class of a frame is one of a bundle's, without loading it. */
    static boolean has(BundleWiring wiring, StackTraceElement frame) {
        // what a lambda is compiled to has no file, but the name of the class that it stands in
        String name = frame.getClassName().replaceFirst("\\$\\$Lambda.*", "").replace('.', '/');
        int slash = name.lastIndexOf('/');
        if (slash < 0 || isOfJava(frame)) {
            return false;
        }
        return !wiring.listResources(
                        name.substring(0, slash),
                        name.substring(slash + 1) + ".class",
                        BundleWiring.LISTRESOURCES_LOCAL)
                .isEmpty();
    }
}
