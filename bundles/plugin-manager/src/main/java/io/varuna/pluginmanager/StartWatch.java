package io.varuna.pluginmanager;

import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.startlevel.FrameworkStartLevel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after plugins that the container itself starts, be it because they came by one of its own ways or because it has been
 * started. One that does not come back from its start would keep the thread that brings all others, so it is interrupted; if it
 * does not listen, those that come after it are started in another way.
 */
final class StartWatch implements SynchronousBundleListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StartWatch.class);
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final BundleContext context;
    private final Bundles bundles;
    private final Duration limit;
    private final BiConsumer<String, String> told;

    /**
     * Begins to look.
     *
     * @param limit how long a start may take
     * @param told told of plugins that do not start, by name and with the reason
     */
    StartWatch(BundleContext context, Bundles bundles, Duration limit, BiConsumer<String, String> told) {
        this.context = context;
        this.bundles = bundles;
        this.limit = limit;
        this.told = told;
        context.addBundleListener(this);
    }

    @Override
    public void bundleChanged(BundleEvent event) {
        Thread thread = Thread.currentThread();
        // what we start ourselves is looked after there
        if (event.getType() == BundleEvent.STARTING && !(thread instanceof PluginCalls.Caller)) {
            after(limit).execute(() -> look(event.getBundle(), thread));
        }
    }

    private static Executor after(Duration delay) {
        return CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look(Bundle bundle, Thread thread) {
        place(bundle, thread).filter(where -> PluginManifest.isPlugin(bundle)).ifPresent(where -> {
            thread.interrupt();
            after(GRACE).execute(() -> report(bundle, thread, where));
        });
    }

    /** Returns where in its code a bundle is while a thread starts it; its components begin within its start, too. */
    private static Optional<String> place(Bundle bundle, Thread thread) {
        boolean starting = Arrays.stream(thread.getStackTrace())
                .anyMatch(frame -> frame.getMethodName().equals("startBundle"));
        return starting ? StuckBundles.place(bundle, thread) : Optional.empty();
    }

    private void report(Bundle bundle, Thread thread, String where) {
        String reason = "Plugin " + BundleFile.title(bundle.getSymbolicName(), bundle.getVersion())
                + " has not come back from its start within " + limit.toSeconds() + " s; it was in " + where;
        if (place(bundle, thread).isEmpty()) {
            told.accept(ServiceKinds.pluginName(bundle.getSymbolicName()), reason + ". It was interrupted");
            return;
        }
        String text = reason + ". It does not listen to being interrupted, so nothing of it is used, and what came the"
                + " same way waits for it. Take it away, and start the container again";
        bundles.stuck().add(bundle);
        bundles.idle().put(bundle, text);
        told.accept(ServiceKinds.pluginName(bundle.getSymbolicName()), text);
        startOthers();
    }

    /** Starts what the thread that is kept would have started when the container was started itself. */
    private void startOthers() {
        int level = context.getBundle(0).adapt(FrameworkStartLevel.class).getStartLevel();
        Arrays.stream(context.getBundles())
                .filter(other -> (other.getState() & (Bundle.INSTALLED | Bundle.RESOLVED)) != 0
                        && !bundles.stuck().contains(other)
                        && isDue(other.adapt(BundleStartLevel.class), level))
                .sorted(Comparator.comparing(Bundle::getBundleId))
                .forEach(this::start);
    }

    private static boolean isDue(BundleStartLevel start, int level) {
        return start.isPersistentlyStarted() && start.getStartLevel() <= level;
    }

    private void start(Bundle bundle) {
        try {
            bundles.start(bundle);
            LOG.info("Bundle '{}' is started, as the thread that was to start it is kept", bundle);
        } catch (RuntimeException e) {
            LOG.warn("{}", e.getMessage());
        }
    }

    @Override
    public void close() {
        context.removeBundleListener(this);
    }
}
