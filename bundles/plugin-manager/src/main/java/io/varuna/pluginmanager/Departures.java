package io.varuna.pluginmanager;

import io.varuna.api.manage.PluginEvent.What;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleListener;
import org.osgi.framework.Version;

/**
 * Notes which plugins go without us, such as by a command of the container's own, or because their files were taken from the
 * hot deploy directory.
 */
final class Departures implements BundleListener, AutoCloseable {
    private final BundleContext context;
    private final Users users;
    private final WantedPlugins wanted;
    private final EventLog events;
    private final Consumer<Runnable> later;

    /**
     * Begins to listen.
     *
     * @param later runs something soon, while nobody else changes plugins
     */
    Departures(BundleContext context, Users users, WantedPlugins wanted, EventLog events, Consumer<Runnable> later) {
        this.context = context;
        this.users = users;
        this.wanted = wanted;
        this.events = events;
        this.later = later;
        context.addBundleListener(this);
    }

    @Override
    public void bundleChanged(BundleEvent event) {
        Bundle bundle = event.getBundle();
        if (event.getType() == BundleEvent.UNINSTALLED && bundle.getSymbolicName() != null) {
            // what we take away ourselves is known to be by the time that this runs
            later.accept(() -> note(bundle));
        }
    }

    private void note(Bundle gone) {
        String plugin = ServiceKinds.pluginName(gone.getSymbolicName());
        String version = BundleFile.plain(gone.getVersion());
        if (there(plugin).anyMatch(other -> other.getVersion().equals(gone.getVersion()))) {
            // it has been brought again since
            return;
        }
        if (Bundles.isOurs(gone)) {
            wanted.ofBundle(gone.getSymbolicName(), gone.getVersion().toString())
                    .ifPresent(taken -> events.add(
                            What.REMOVED,
                            plugin,
                            "Version " + version
                                    + " was taken away by a command of the container; it is back after the next"
                                    + " start. 'plugin:remove' takes it away for good"));
            return;
        }
        if (users.isPreferred(plugin, version)) {
            replace(plugin, version, "is gone");
        }
    }

    /** Notes which plugins have gone while the container was down, of those of which it is written down what was in use. */
    void noteGone() {
        users.preferred().forEach((plugin, version) -> {
            if (there(plugin)
                    .noneMatch(bundle -> BundleFile.plain(bundle.getVersion()).equals(version))) {
                replace(plugin, version, "has gone while the container was down");
            }
        });
    }

    private void replace(String plugin, String version, String how) {
        Optional<String> left = there(plugin)
                .filter(other -> other.getState() == Bundle.ACTIVE)
                .map(Bundle::getVersion)
                .max(Comparator.comparing((Version other) -> !users.isRefused(plugin, BundleFile.plain(other)))
                        .thenComparing(Comparator.naturalOrder()))
                .map(BundleFile::plain);
        users.prefer(plugin, left.orElse(""));
        events.add(
                What.REMOVED,
                plugin,
                "Version " + version + ", which did not come through Varuna, " + how + "; "
                        + left.map(other -> other + " is used instead").orElse("there is no other"));
    }

    private Stream<Bundle> there(String plugin) {
        return Arrays.stream(context.getBundles())
                .filter(bundle -> bundle.getSymbolicName() != null
                        && plugin.equals(ServiceKinds.pluginName(bundle.getSymbolicName())));
    }

    @Override
    public void close() {
        context.removeBundleListener(this);
    }
}
