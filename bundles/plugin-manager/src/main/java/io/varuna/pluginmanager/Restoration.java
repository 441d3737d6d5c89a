package io.varuna.pluginmanager;

import io.varuna.api.error.VarunaException;
import io.varuna.api.manage.PluginEvent.What;
import io.varuna.pluginmanager.WantedPlugin.Role;
import io.varuna.pluginmanager.WantedPlugin.WantedBundle;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.osgi.framework.Bundle;
import org.osgi.framework.Version;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the framework have what is wanted, when the container starts. */
record Restoration(Bundles bundles, WantedPlugins wanted, Users users, EventLog events) {
    private static final Logger LOG = LoggerFactory.getLogger(Restoration.class);

    /** Brings back wanted plugins that the bundle cache does not have, and removes what an interrupted call has left. */
    void restore() {
        bundles.uninstall(bundles.all().stream()
                .filter(Bundles::isOurs)
                .filter(bundle -> wanted.ofBundle(
                                bundle.getSymbolicName(), bundle.getVersion().toString())
                        .isEmpty())
                .toList());
        for (WantedPlugin plugin : wanted.installed()) {
            try {
                restore(plugin);
            } catch (VarunaException e) {
                String message = plugin.offer().title() + " is wanted, but cannot be brought back: " + e.getMessage();
                LOG.error("{}", message);
                events.add(What.REFUSED, name(plugin), message);
            }
        }
        wanted.installed().stream()
                .filter(plugin -> plugin.role() == Role.BESIDE)
                .flatMap(beside -> wanted.active(beside.symbolicName()).stream())
                .forEach(active -> users.prefer(name(active), version(active)));
        wanted.installed().stream()
                .filter(plugin -> plugin.role() == Role.ACTIVE)
                .forEach(this::endExchange);
        wanted.clean();
    }

    /** Writes down what there was no time for any more when the container ended right after rules had moved. */
    private void endExchange(WantedPlugin active) {
        wanted.former(active.symbolicName())
                .filter(former -> !former.isInstalled() && users.isPreferred(name(former), version(former)))
                .ifPresent(former -> {
                    users.prefer(name(active), version(active));
                    events.add(
                            What.EXCHANGED,
                            name(active),
                            "Version " + version(active) + " is in the place of " + version(former)
                                    + "; the container ended at that moment");
                });
    }

    private static String name(WantedPlugin plugin) {
        return ServiceKinds.pluginName(plugin.symbolicName());
    }

    private static String version(WantedPlugin plugin) {
        return BundleFile.plain(Version.parseVersion(plugin.version()));
    }

    private void restore(WantedPlugin plugin) {
        List<Bundle> restored = new ArrayList<>();
        for (WantedBundle bundle : plugin.bundles()) {
            Optional<Bundle> present = bundles.find(bundle.symbolicName(), Version.parseVersion(bundle.version()));
            if (present.isPresent()) {
                // also where the list of what is to be started was cut off
                present.filter(Bundles::isOurs).ifPresent(bundles.starts()::add);
            } else {
                wanted.checkContent(bundle);
                restored.add(bundles.install(bundle.symbolicName(), bundle.version(), wanted.file(bundle)));
            }
        }
        // who uses it is not there yet, so that it starts is left to later
        restored.forEach(bundles.starts()::add);
        if (!restored.isEmpty()) {
            LOG.info("{} is back", plugin.offer().title());
            events.add(
                    What.INSTALLED,
                    name(plugin),
                    "Version " + version(plugin) + " is back: the container did not have it any more");
        }
    }
}
