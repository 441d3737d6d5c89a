package io.varuna.pluginmanager;

import io.varuna.api.error.VarunaException;
import io.varuna.api.manage.PluginChange;
import io.varuna.api.manage.PluginEvent.What;
import io.varuna.api.manage.RuleEffect;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves rules to a higher version of a plugin that came by one of the container's own ways, such as the hot deploy directory.
 * If one cannot move, all stay with the version that they have, and the new one is left alone.
 */
final class Arrivals implements BundleListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Arrivals.class);
    /** The components of a bundle register soon after it has started. */
    private static final long SETTLING_MILLIS = 500;
    /** How long the container may take for what is in its hot deploy directory; it looks there every second. */
    private static final long DEPLOYING_MILLIS = 5_000;
    /** How often it is looked whether rules have started. */
    private static final int MOST_LOOKS = 60;

    private final BundleContext context;
    private final PluginCatalog catalog;
    private final Users users;
    private final EventLog events;
    private final Consumer<Runnable> alone;
    private final ScheduledExecutorService thread;

    /**
     * Begins to listen.
     *
     * @param alone runs something while nobody else changes plugins
     */
    Arrivals(BundleContext context, PluginCatalog catalog, Users users, EventLog events, Consumer<Runnable> alone) {
        this.context = context;
        this.catalog = catalog;
        this.users = users;
        this.events = events;
        this.alone = alone;
        // what comes when it has ended is of no interest any more
        this.thread = new ScheduledThreadPoolExecutor(1, Arrivals::thread, new ThreadPoolExecutor.DiscardPolicy());
        context.addBundleListener(this);
    }

    private static Thread thread(Runnable task) {
        Thread created = new Thread(task, "varuna-plugin-arrivals");
        created.setDaemon(true);
        return created;
    }

    @Override
    public void bundleChanged(BundleEvent event) {
        Bundle bundle = event.getBundle();
        if (event.getType() == BundleEvent.STARTED
                && bundle.getSymbolicName() != null
                && !Bundles.isOurs(bundle)
                && !isDecided(bundle)) {
            schedule(bundle, MOST_LOOKS);
        }
    }

    /** One that came before a restart is not tried again, while the rules that it was tried with are not there yet. */
    private boolean isDecided(Bundle arrived) {
        return users.isDecidedAfter(name(arrived), arrived.getLastModified());
    }

    /** Returns the version that was in use before, if it is a lower one. */
    private Optional<Bundle> former(Bundle arrived) {
        return List.of(context.getBundles()).stream()
                .filter(other -> other.getSymbolicName() != null
                        && other.getSymbolicName().equals(arrived.getSymbolicName())
                        && other.getState() == Bundle.ACTIVE
                        && catalog.isAdmitted(other)
                        && other.getVersion().compareTo(arrived.getVersion()) < 0)
                .max(Comparator.comparing((Bundle other) -> isPreferred(other)).thenComparing(Bundle::getVersion));
    }

    private boolean isPreferred(Bundle bundle) {
        return users.isPreferred(name(bundle), BundleFile.plain(bundle.getVersion()));
    }

    private static String name(Bundle bundle) {
        return ServiceKinds.pluginName(bundle.getSymbolicName());
    }

    private void schedule(Bundle bundle, int looks) {
        Future<?> unused = thread.schedule(() -> take(bundle, looks), SETTLING_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void take(Bundle bundle, int looks) {
        if (looks > 0 && !users.isSettled()) {
            // rules that start take the version that was in use before, and are asked whether they move then
            schedule(bundle, looks - 1);
            return;
        }
        if (catalog.isPlugin(bundle) && catalog.isAdmitted(bundle)) {
            alone.accept(() -> takeAlone(bundle));
        }
    }

    private void takeAlone(Bundle bundle) {
        if (bundle.getState() != Bundle.ACTIVE) {
            return;
        }
        former(bundle).ifPresentOrElse(former -> move(bundle, former), () -> note(bundle));
    }

    /** Notes what is there first, so that a higher version that comes while the container is down is tried as any other. */
    private void note(Bundle bundle) {
        String plugin = name(bundle);
        String version = BundleFile.plain(bundle.getVersion());
        if (!catalog.isOfDistribution(bundle) && !users.isDecidedAfter(plugin, Long.MIN_VALUE)) {
            users.prefer(plugin, version);
            events.add(What.INSTALLED, plugin, "Version " + version + " has come, though not through Varuna");
        }
    }

    private void move(Bundle bundle, Bundle former) {
        String plugin = name(bundle);
        String version = BundleFile.plain(bundle.getVersion());
        String before = BundleFile.plain(former.getVersion());
        users.prefer(plugin, before);
        try {
            List<RuleEffect> effects = users.move(plugin, version);
            users.prefer(plugin, version);
            events.add(new PluginChange(plugin, before, version, effects, List.of()));
            LOG.info("Plugin '{}' {} has taken the place of {}", plugin, version, before);
        } catch (VarunaException e) {
            LOG.warn("{} ({})", e.getMessage(), before);
            users.refused(plugin, version);
            events.add(What.REFUSED, plugin, String.valueOf(e.getMessage()));
        }
    }

    /** Does something when the container has brought up what it had, and looked into its hot deploy directory. */
    void whenBooted(BooleanSupplier booted, Runnable task) {
        whenBooted(booted, task, MOST_LOOKS);
    }

    private void whenBooted(BooleanSupplier booted, Runnable task, int looks) {
        boolean over = booted.getAsBoolean() || looks == 0;
        Future<?> unused = thread.schedule(
                () -> {
                    if (over) {
                        alone.accept(task);
                    } else {
                        whenBooted(booted, task, looks - 1);
                    }
                },
                over ? DEPLOYING_MILLIS : SETTLING_MILLIS,
                TimeUnit.MILLISECONDS);
    }

    /** Does something soon, while nobody else changes plugins. */
    void later(Runnable task) {
        thread.execute(() -> alone.accept(task));
    }

    @Override
    public void close() {
        context.removeBundleListener(this);
        thread.shutdownNow();
    }
}
