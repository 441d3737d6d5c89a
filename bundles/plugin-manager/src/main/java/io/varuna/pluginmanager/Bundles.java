package io.varuna.pluginmanager;

import io.varuna.api.error.VarunaException;
import io.varuna.api.plugin.PluginFactory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceListener;
import org.osgi.framework.ServiceObjects;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.Version;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.startlevel.FrameworkStartLevel;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.framework.wiring.FrameworkWiring;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The bundles of the framework, as far as plugins are concerned. */
final class Bundles {
    private static final Logger LOG = LoggerFactory.getLogger(Bundles.class);
    /** The beginning of the locations of bundles that are installed by us. */
    private static final String LOCATION = "varuna:";

    private static final String CONFIGURATIONS = "org.osgi.service.cm.ConfigurationAdmin";

    /** How long a plugin may take to start or to stop. */
    static final Duration LIMIT = Duration.ofSeconds(10);

    private final BundleContext context;
    private final StuckBundles stuck = new StuckBundles();
    /** The numbers of the threads that started bundles, by those of the bundles. */
    private final Map<Long, Long> starters = new ConcurrentHashMap<>();

    private final StartList starts;
    private final IdleBundles idle;
    private final PluginCalls calls;

    Bundles(BundleContext context) {
        this(context, LIMIT);
    }

    /**
     * Creates it.
     *
     * @param limit how long a plugin may take to start or to stop
     */
    Bundles(BundleContext context, Duration limit) {
        this.context = context;
        this.starts = new StartList(context.getDataFile("starts.properties").toPath());
        this.idle = new IdleBundles(context);
        this.calls = new PluginCalls(stuck, limit);
    }

    /** Returns those that keep a thread which starts or stops them. */
    StuckBundles stuck() {
        return stuck;
    }

    /** Returns those that are started with the container. */
    StartList starts() {
        return starts;
    }

    /** Returns those that do not work, with the reasons. */
    IdleBundles idle() {
        return idle;
    }

    List<Bundle> all() {
        return List.of(context.getBundles());
    }

    /** Returns what came from an address. */
    Optional<Bundle> at(String location) {
        return Optional.ofNullable(context.getBundle(location));
    }

    Optional<Bundle> find(String symbolicName, Version version) {
        return Arrays.stream(context.getBundles())
                .filter(bundle -> symbolicName.equals(bundle.getSymbolicName()) && version.equals(bundle.getVersion()))
                .findFirst();
    }

    static boolean isOurs(Bundle bundle) {
        return bundle.getLocation().startsWith(LOCATION);
    }

    /** Installs a bundle without starting it. */
    Bundle install(String symbolicName, String version, Path file) {
        return install(symbolicName, version, file, LOCATION + symbolicName + "/" + version);
    }

    /** Installs a bundle without starting it, from an address that is not ours. */
    Bundle install(String symbolicName, String version, Path file, String location) {
        try (InputStream in = Files.newInputStream(file)) {
            return context.installBundle(location, in);
        } catch (BundleException | IOException e) {
            throw Rejection.of("'" + symbolicName + "' " + version + " cannot be installed: " + e.getMessage(), e);
        }
    }

    /** Has a bundle start now and at every start of the container. Fragments only wait for their host. */
    void start(Bundle bundle) {
        try {
            start(bundle, () -> uninstall(List.of(bundle)));
        } catch (PluginCalls.LateException e) {
            throw tooLate(bundle, " cannot be started: it ", e);
        }
    }

    /**
     * Has a bundle start now and at every start of the container.
     *
     * @param late done when it has come back after it was given up
     * @throws PluginCalls.LateException if it does not come back in time
     */
    void start(Bundle bundle, Runnable late) throws PluginCalls.LateException {
        if (bundle.adapt(BundleRevision.class).getTypes() == BundleRevision.TYPE_FRAGMENT) {
            return;
        }
        try {
            if (isReady(bundle)) {
                call(bundle, () -> startNow(bundle), late);
            }
            // only one that comes back is started again with the container, and not by the framework's own thread
            starts.add(bundle);
            idle.remove(bundle);
        } catch (BundleException e) {
            throw Rejection.of(notStarted(title(bundle), e), e);
        }
    }

    private void startNow(Bundle bundle) throws BundleException {
        starters.put(bundle.getBundleId(), Thread.currentThread().getId());
        bundle.start(Bundle.START_TRANSIENT | Bundle.START_ACTIVATION_POLICY);
    }

    private static String title(Bundle bundle) {
        return BundleFile.title(bundle.getSymbolicName(), bundle.getVersion());
    }

    private VarunaException tooLate(Bundle bundle, String what, PluginCalls.LateException late) {
        String text = "Plugin " + title(bundle) + what + late.getMessage() + outcome(bundle);
        if (stuck.contains(bundle)) {
            idle.put(bundle, text);
        }
        return Rejection.of(text, late);
    }

    /**
     * Stops a bundle, for now and for the next start of the container.
     *
     * @param late done when it has come back after it was given up
     * @throws PluginCalls.LateException if it does not come back in time
     */
    void stop(Bundle bundle, Runnable late) throws PluginCalls.LateException {
        try {
            forgetConfigurations(bundle);
            call(bundle, bundle::stop, late);
        } catch (BundleException | IllegalStateException e) {
            LOG.warn("Bundle '{}' did not stop well: {}", bundle, e.getMessage());
        }
    }

    /** Puts other content into the place of a bundle's that is stopped. */
    void update(Bundle bundle, Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            bundle.update(in);
        } catch (BundleException | IOException e) {
            throw Rejection.of("Plugin " + title(bundle) + " cannot be replaced: " + e.getMessage(), e);
        }
        Semaphore refreshed = new Semaphore(0);
        context.getBundle(0).adapt(FrameworkWiring.class).refreshBundles(List.of(bundle), event -> refreshed.release());
        try {
            if (!refreshed.tryAcquire(calls.limit().toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn(
                        "The framework has not wired bundle '{}' anew within {} s",
                        bundle,
                        calls.limit().toSeconds());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Tells whether the container has come so far in its own start that it starts this bundle. */
    boolean isReady(Bundle bundle) {
        return context.getBundle(0).adapt(FrameworkStartLevel.class).getStartLevel()
                >= bundle.adapt(BundleStartLevel.class).getStartLevel();
    }

    private String outcome(Bundle bundle) {
        return stuck.contains(bundle)
                ? ". It does not listen to being interrupted either, so it stays without being used until it comes back,"
                        + " or the container is started again"
                : ". It is taken away again";
    }

    /** Something that a bundle does, or is done with it. */
    @FunctionalInterface
    private interface Action {
        void run() throws BundleException;
    }

    private void call(Bundle bundle, Action action, Runnable late) throws PluginCalls.LateException, BundleException {
        try {
            boolean unused = calls.call(
                    bundle,
                    () -> {
                        action.run();
                        return true;
                    },
                    late);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof BundleException failure) {
                throw failure;
            }
            throw new BundleException(String.valueOf(e.getCause()), BundleException.ACTIVATOR_ERROR, e.getCause());
        }
    }

    /**
     * Asks code of a bundle that is installed.
     *
     * @throws VarunaException if it does not come back in time
     */
    <T> T ask(Bundle bundle, Callable<T> question) {
        try {
            return calls.call(bundle, question, () -> uninstall(List.of(bundle)));
        } catch (PluginCalls.LateException e) {
            throw tooLate(bundle, " cannot be asked: it ", e);
        } catch (ExecutionException e) {
            throw Rejection.of("Plugin " + title(bundle) + " cannot be asked: " + e.getCause(), e);
        }
    }

    private String notStarted(String plugin, BundleException failure) {
        Throwable cause = failure.getCause();
        if (failure.getType() == BundleException.ACTIVATOR_ERROR && cause != null) {
            return "Plugin " + plugin + " cannot be started: its activator ended with " + cause;
        }
        return new ResolutionText(this::exported).explain(plugin, String.valueOf(failure.getMessage()));
    }

    /** Returns the versions in which bundles export a package, in ascending order. */
    private List<Version> exported(String name) {
        return Arrays.stream(context.getBundles())
                .map(bundle -> bundle.adapt(BundleRevision.class))
                .filter(Objects::nonNull)
                .flatMap(revision -> revision.getDeclaredCapabilities(BundleRevision.PACKAGE_NAMESPACE).stream())
                .map(BundleCapability::getAttributes)
                .filter(attributes -> name.equals(attributes.get(BundleRevision.PACKAGE_NAMESPACE)))
                .map(attributes ->
                        attributes.get("version") instanceof Version version ? version : Version.emptyVersion)
                .distinct()
                .sorted()
                .toList();
    }

    /** Uninstalls bundles, and frees what they held where nobody else is wired to it. */
    void uninstall(Collection<Bundle> bundles) {
        List<Bundle> gone = new ArrayList<>();
        for (Bundle bundle : bundles) {
            if (stuck.contains(bundle)) {
                LOG.warn("Bundle '{}' cannot be uninstalled before it comes back", bundle);
                starts.remove(bundle);
                continue;
            }
            try {
                stop(bundle, () -> uninstall(List.of(bundle)));
            } catch (PluginCalls.LateException e) {
                LOG.warn("{}", tooLate(bundle, " was to stop, but ", e).getMessage());
                if (stuck.contains(bundle)) {
                    continue;
                }
            }
            try {
                LeftThreads.report(bundle, all(), starters);
                bundle.uninstall();
                starters.remove(bundle.getBundleId());
                gone.add(bundle);
            } catch (BundleException | IllegalStateException e) {
                LOG.warn("Bundle '{}' could not be uninstalled: {}", bundle, e.getMessage());
            }
        }
        FrameworkWiring wiring = context.getBundle(0).adapt(FrameworkWiring.class);
        // a refresh of others would stop them: what they still use is freed when they go
        if (!gone.isEmpty() && gone.containsAll(wiring.getDependencyClosure(gone))) {
            wiring.refreshBundles(gone);
        }
    }

    /**
     * Has the framework forget that a bundle used the service of configurations, which it was asked for when components of the
     * bundle began. Felix 7.0 notes for every bundle which services it has used, and keeps the notes of those that it had given
     * back, and with them the bundle, even when that is uninstalled. What is given back in this form is forgotten.
     */
    private void forgetConfigurations(Bundle bundle) {
        BundleContext using = bundle.getBundleContext();
        ServiceReference<?> configurations = context.getServiceReference(CONFIGURATIONS);
        if (using != null && configurations != null) {
            forget(using.getServiceObjects(configurations));
        }
    }

    private static <S> void forget(ServiceObjects<S> uses) {
        S service = uses.getService();
        if (service != null) {
            uses.ungetService(service);
        }
    }

    /** Returns the symbolic names of the other bundles that are wired to one, and have to stop if it goes for good. */
    List<String> wiredTo(Bundle bundle) {
        return context.getBundle(0).adapt(FrameworkWiring.class).getDependencyClosure(List.of(bundle)).stream()
                .filter(other -> !other.equals(bundle))
                .map(Bundle::getSymbolicName)
                .sorted()
                .toList();
    }

    /** Tells whether one of the bundles offers a service. */
    boolean offer(Class<?> service) {
        return context.getServiceReference(service) != null;
    }

    /** Waits until a condition holds that may change with a service; returns whether it does. */
    boolean await(Class<?> service, Duration limit, BooleanSupplier condition) {
        Semaphore events = new Semaphore(0);
        ServiceListener listener = event -> {
            if (Arrays.asList((String[]) event.getServiceReference().getProperty("objectClass"))
                    .contains(service.getName())) {
                events.release();
            }
        };
        context.addServiceListener(listener);
        try {
            long deadline = System.nanoTime() + limit.toNanos();
            while (!condition.getAsBoolean()) {
                long left = deadline - System.nanoTime();
                if (left <= 0 || !events.tryAcquire(left, TimeUnit.NANOSECONDS)) {
                    return condition.getAsBoolean();
                }
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            context.removeServiceListener(listener);
        }
    }

    /** Returns the packages of the plugin interface that this engine has, with their versions. */
    Map<String, Version> api() {
        Map<String, Version> packages = new HashMap<>();
        Bundle api = FrameworkUtil.getBundle(PluginFactory.class);
        for (Bundle bundle : api == null ? Set.of(context.getBundle(0)) : Set.of(api)) {
            BundleWiring wiring = bundle.adapt(BundleWiring.class);
            for (BundleCapability capability : wiring.getCapabilities(BundleRevision.PACKAGE_NAMESPACE)) {
                Map<String, Object> attributes = capability.getAttributes();
                if (attributes.get("version") instanceof Version version) {
                    packages.put(String.valueOf(attributes.get(BundleRevision.PACKAGE_NAMESPACE)), version);
                }
            }
        }
        return packages;
    }
}
