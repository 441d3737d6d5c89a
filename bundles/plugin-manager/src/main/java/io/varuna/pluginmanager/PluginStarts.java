package io.varuna.pluginmanager;

import io.varuna.api.error.VarunaException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleException;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts plugins with the container, each on a thread that can be given up. The framework would do it on the one thread that
 * brings everything, so none stays marked there to be started: what is, because it came by one of the container's own ways, is
 * taken over before the framework comes to it. What runs when the container ends is started with it again. The plugins of the
 * distribution are a part of it, and left to the framework; those in the hot deploy directory are started by who knows whether
 * their files are still the same.
 */
final class PluginStarts implements SynchronousBundleListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PluginStarts.class);
    private static final long PAUSE_NANOS = 20_000_000;

    private final BundleContext context;
    private final Bundles bundles;
    private final StartList list;
    private final Predicate<Bundle> isOfDistribution;
    private final Predicate<Bundle> isDeployed;
    private final BiConsumer<String, String> told;
    private final Set<Long> running = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /**
     * Takes over the plugins that the framework has not started yet.
     *
     * @param isDeployed tells whether a bundle came by the hot deploy directory
     * @param told told of plugins that do not start, by name and with the reason
     */
    PluginStarts(
            BundleContext context,
            Bundles bundles,
            Predicate<Bundle> isOfDistribution,
            Predicate<Bundle> isDeployed,
            BiConsumer<String, String> told) {
        this.context = context;
        this.bundles = bundles;
        this.list = bundles.starts();
        this.isOfDistribution = isOfDistribution;
        this.isDeployed = isDeployed;
        this.told = told;
        context.addBundleListener(this);
        list.keepOnly(bundles.all());
        bundles.all().stream().filter(this::isConcerned).forEach(this::takeOver);
    }

    private boolean isConcerned(Bundle bundle) {
        return Bundles.isOurs(bundle) || (!isOfDistribution.test(bundle) && PluginManifest.isPlugin(bundle));
    }

    private void takeOver(Bundle bundle) {
        if (bundle.getState() == Bundle.ACTIVE) {
            running.add(bundle.getBundleId());
            list.add(bundle);
            return;
        }
        if (isIdle(bundle) && bundle.adapt(BundleStartLevel.class).isPersistentlyStarted()) {
            try {
                // of one that does not run, this only takes the mark away
                bundle.stop();
                list.add(bundle);
            } catch (BundleException e) {
                LOG.warn("Plugin '{}' is left to the framework to start: {}", bundle, e.getMessage());
            }
        }
    }

    /** Tells whether a bundle is there, and does not run. */
    static boolean isIdle(Bundle bundle) {
        return (bundle.getState() & (Bundle.INSTALLED | Bundle.RESOLVED)) != 0;
    }

    /**
     * Begins to start the plugins, each as soon as the container has come so far.
     *
     * @param used tells whether those are there who use plugins: components are made when they are first used, by whoever comes
     *     later, and that is not to be the framework's thread
     */
    void begin(BooleanSupplier used) {
        List<Bundle> waiting = new ArrayList<>(bundles.all().stream()
                .filter(bundle -> list.isToStart(bundle) && isIdle(bundle) && !isDeployed.test(bundle))
                .toList());
        if (!waiting.isEmpty()) {
            run("varuna-plugin-starts", () -> startAll(waiting, used));
        }
    }

    private static void run(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void startAll(List<Bundle> waiting, BooleanSupplier used) {
        while (!closed && !waiting.isEmpty()) {
            boolean begins = used.getAsBoolean();
            for (Bundle bundle : List.copyOf(waiting)) {
                if (begins && bundles.isReady(bundle)) {
                    waiting.remove(bundle);
                    // none waits for one that does not come back
                    run("varuna-plugin-start-" + bundle.getSymbolicName(), () -> start(bundle));
                }
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private void start(Bundle bundle) {
        try {
            bundles.start(bundle, () -> comeBack(bundle));
        } catch (PluginCalls.LateException e) {
            idle(
                    bundle,
                    "Plugin " + BundleFile.title(bundle.getSymbolicName(), bundle.getVersion())
                            + " cannot be started: it " + e.getMessage()
                            + (bundles.stuck().contains(bundle)
                                    ? ". It does not listen to being interrupted either, so its thread is given up, and"
                                            + " nothing of it is used. Take it away: it goes when it comes back, or with"
                                            + " the next start of the container"
                                    : ". It was interrupted, and nothing of it is used. It is tried again with the next"
                                            + " start of the container, unless it is taken away"));
        } catch (VarunaException e) {
            idle(bundle, String.valueOf(e.getMessage()));
        }
    }

    private void idle(Bundle bundle, String reason) {
        LOG.warn("{}", reason);
        bundles.idle().put(bundle, reason);
        told.accept(ServiceKinds.pluginName(bundle.getSymbolicName()), reason);
    }

    private void comeBack(Bundle bundle) {
        if (list.isToGo(bundle)) {
            bundles.uninstall(List.of(bundle));
        } else if (bundle.getState() == Bundle.ACTIVE) {
            bundles.idle().remove(bundle);
            LOG.info("Plugin '{}' has come back from its start, and is used", bundle);
        }
    }

    /** Returns those that somebody has removed while they kept their threads. */
    List<Bundle> toGo() {
        return bundles.all().stream().filter(list::isToGo).toList();
    }

    @Override
    public void bundleChanged(BundleEvent event) {
        Bundle bundle = event.getBundle();
        switch (event.getType()) {
            case BundleEvent.STARTED -> {
                if (isConcerned(bundle)) {
                    running.add(bundle.getBundleId());
                    list.add(bundle);
                }
            }
            case BundleEvent.STOPPED -> {
                // not so one that has failed to start, and not at the end of the container
                if (running.remove(bundle.getBundleId()) && context.getBundle(0).getState() != Bundle.STOPPING) {
                    list.forget(bundle);
                }
            }
            case BundleEvent.UNINSTALLED -> list.forget(bundle);
            default -> {
                // what else happens to it does not change whether it is to be started
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        context.removeBundleListener(this);
    }
}
