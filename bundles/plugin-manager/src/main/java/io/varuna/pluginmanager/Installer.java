package io.varuna.pluginmanager;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.api.manage.PluginKind;
import io.varuna.api.manage.PluginRequest;
import io.varuna.pluginmanager.WantedPlugin.WantedBundle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.osgi.framework.Version;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the bundles of a checked file into the framework: all of them and started, or none. A higher version is installed
 * beside the old one, which goes when the new one is there. One call at a time.
 */
final class Installer {
    private static final Logger LOG = LoggerFactory.getLogger(Installer.class);

    private final Bundles bundles;
    private final PluginCatalog catalog;
    private final WantedPlugins wanted;
    private final Duration patience;

    /**
     * Creates it.
     *
     * @param patience how long a started plugin may take until its service is there
     */
    Installer(Bundles bundles, PluginCatalog catalog, WantedPlugins wanted, Duration patience) {
        this.bundles = bundles;
        this.catalog = catalog;
        this.wanted = wanted;
        this.patience = patience;
    }

    void install(PluginRequest request, PluginFile file) {
        Offer offer = new Offer(request.kind(), request.name());
        BundleFile plugin = offering(offer, file);
        ApiCheck api = new ApiCheck(bundles.api());
        file.bundles().forEach(api::check);
        Optional<Bundle> old = replaced(offer, plugin);
        List<BundleFile> missing = missing(plugin, file);

        List<Bundle> added = new ArrayList<>();
        try {
            missing.forEach(bundle -> wanted.keep(bundle.path(), wantedBundle(bundle)));
            for (BundleFile bundle : missing) {
                added.add(bundles.install(
                        bundle.symbolicName(), bundle.version().toString(), wanted.file(wantedBundle(bundle))));
            }
            added.forEach(bundles::start);
            awaitService(offer, plugin, added.get(0));
            checkFunctions(request);
            Optional<WantedPlugin> before = old.flatMap(bundle -> wanted.ofBundle(
                    bundle.getSymbolicName(), bundle.getVersion().toString()));
            wanted.replace(
                    before,
                    new WantedPlugin(
                            offer,
                            request.file(),
                            missing.stream().map(Installer::wantedBundle).toList()));
            old.ifPresent(bundle -> bundles.uninstall(retired(bundle, before)));
        } catch (RuntimeException e) {
            bundles.uninstall(added);
            wanted.tidy();
            throw e;
        }
        wanted.tidy();
        LOG.info("Plugin {} {} is installed, from {}", offer, BundleFile.plain(plugin.version()), request.file());
    }

    /** Returns the bundle that offers what is asked for. */
    private static BundleFile offering(Offer offer, PluginFile file) {
        List<BundleFile> exact = file.bundles().stream()
                .filter(bundle -> bundle.offers().contains(offer))
                .toList();
        if (!exact.isEmpty()) {
            return exact.get(0);
        }
        String offers = file.bundles().stream()
                .flatMap(bundle -> bundle.offers().stream())
                .map(Offer::toString)
                .sorted()
                .distinct()
                .collect(Collectors.joining(", "));
        throw Rejection.of("The file does not offer " + offer + ". "
                + (offers.isEmpty()
                        ? "It offers nothing to the engine: none of its bundles has a component that is a source, sink,"
                                + " lookup, codec, connection or function library"
                        : "It offers: " + offers));
    }

    /** Returns the bundle whose place the plugin takes; fails if it may not. */
    private Optional<Bundle> replaced(Offer offer, BundleFile plugin) {
        Optional<Bundle> same = bundles.find(plugin.symbolicName(), plugin.version());
        if (same.isPresent()) {
            throw sameVersion(offer, plugin, same.get());
        }
        Optional<Bundle> provider = catalog.provider(offer);
        if (provider.isEmpty()) {
            return Optional.empty();
        }
        Bundle old = provider.get();
        String title = capitalised(offer) + " is there already, from plugin '"
                + ServiceKinds.pluginName(old.getSymbolicName()) + "' " + BundleFile.plain(old.getVersion());
        if (!plugin.symbolicName().equals(old.getSymbolicName())) {
            throw new VarunaException(
                    StandardError.PLUGIN_EXISTS,
                    title + ". Remove that first to use plugin '" + ServiceKinds.pluginName(plugin.symbolicName())
                            + "'");
        }
        if (plugin.version().compareTo(old.getVersion()) < 0) {
            throw new VarunaException(
                    StandardError.PLUGIN_EXISTS,
                    title + "; the file has version " + BundleFile.plain(plugin.version())
                            + ", which is older. Remove the newer one first to go back");
        }
        if (!Bundles.isOurs(old)) {
            throw new VarunaException(
                    StandardError.PLUGIN_EXISTS,
                    title + ", which did not come this way. Upgrade it the way it came, or remove it first");
        }
        return Optional.of(old);
    }

    private VarunaException sameVersion(Offer offer, BundleFile plugin, Bundle installed) {
        String title =
                "Plugin '" + ServiceKinds.pluginName(plugin.symbolicName()) + "' " + BundleFile.plain(plugin.version());
        boolean other = wanted.ofBundle(plugin.symbolicName(), plugin.version().toString()).stream()
                .flatMap(known -> known.bundles().stream())
                .anyMatch(known -> known.symbolicName().equals(plugin.symbolicName())
                        && !known.sha256().equals(plugin.sha256()));
        if (other) {
            return Rejection.of(title + " is installed with other content. A changed plugin needs a higher version");
        }
        String here = catalog.provides(installed, offer) ? " is installed already" : " is installed, but not active";
        return new VarunaException(StandardError.PLUGIN_EXISTS, title + here);
    }

    /** Returns the bundles of the file that are not in the framework, the plugin first. */
    private List<BundleFile> missing(BundleFile plugin, PluginFile file) {
        List<BundleFile> missing = new ArrayList<>();
        missing.add(plugin);
        file.bundles().stream()
                .filter(bundle -> !bundle.equals(plugin)
                        && bundles.find(bundle.symbolicName(), bundle.version()).isEmpty())
                .forEach(missing::add);
        return missing;
    }

    private void awaitService(Offer offer, BundleFile plugin, Bundle bundle) {
        if (!bundles.await(ServiceKinds.service(offer.kind()), patience, () -> catalog.provides(bundle, offer))) {
            throw Rejection.of("Plugin '" + ServiceKinds.pluginName(plugin.symbolicName()) + "' started, but did not"
                    + " offer " + offer + " within " + patience.toSeconds()
                    + " s. A component of it may need a service or configuration that is not there");
        }
    }

    private void checkFunctions(PluginRequest request) {
        if (request.kind() != PluginKind.FUNCTION || request.functions().isEmpty()) {
            return;
        }
        List<String> there = catalog.list(PluginKind.FUNCTION).stream()
                .filter(library -> library.name().equals(request.name()))
                .flatMap(library -> library.functions().stream())
                .toList();
        List<String> missing = request.functions().stream()
                .filter(function -> there.stream().noneMatch(function::equalsIgnoreCase))
                .toList();
        if (!missing.isEmpty()) {
            throw Rejection.of("The plugin does not have the functions " + String.join(", ", missing) + ". It has: "
                    + String.join(", ", there));
        }
    }

    /** Returns the bundles that go with an old version: what came for it and nobody else wants. */
    private List<Bundle> retired(Bundle old, Optional<WantedPlugin> before) {
        List<Bundle> retired = new ArrayList<>(List.of(old));
        before.stream()
                .flatMap(plugin -> plugin.bundles().stream())
                .filter(bundle ->
                        wanted.ofBundle(bundle.symbolicName(), bundle.version()).isEmpty())
                .flatMap(bundle -> bundles.find(bundle.symbolicName(), Version.parseVersion(bundle.version())).stream())
                .filter(bundle -> !bundle.equals(old) && Bundles.isOurs(bundle))
                .forEach(retired::add);
        return retired;
    }

    /** Takes away a plugin that was installed by us. */
    void remove(WantedPlugin plugin) {
        wanted.remove(plugin);
        bundles.uninstall(plugin.bundles().stream()
                .filter(bundle ->
                        wanted.ofBundle(bundle.symbolicName(), bundle.version()).isEmpty())
                .flatMap(bundle -> bundles.find(bundle.symbolicName(), Version.parseVersion(bundle.version())).stream())
                .filter(Bundles::isOurs)
                .toList());
        wanted.tidy();
    }

    /** Brings back wanted plugins that the bundle cache does not have, and removes what an interrupted call has left. */
    void restore() {
        bundles.uninstall(bundles.all().stream()
                .filter(Bundles::isOurs)
                .filter(bundle -> wanted.ofBundle(
                                bundle.getSymbolicName(), bundle.getVersion().toString())
                        .isEmpty())
                .toList());
        for (WantedPlugin plugin : wanted.all()) {
            try {
                restore(plugin);
            } catch (VarunaException e) {
                LOG.error("{} is wanted, but cannot be brought back: {}", capitalised(plugin.offer()), e.getMessage());
            }
        }
        wanted.clean();
    }

    private void restore(WantedPlugin plugin) {
        List<Bundle> restored = new ArrayList<>();
        for (WantedBundle bundle : plugin.bundles()) {
            if (bundles.find(bundle.symbolicName(), Version.parseVersion(bundle.version()))
                    .isEmpty()) {
                checkContent(bundle);
                restored.add(bundles.install(bundle.symbolicName(), bundle.version(), wanted.file(bundle)));
            }
        }
        restored.forEach(bundles::start);
        if (!restored.isEmpty()) {
            LOG.info("{} is back", capitalised(plugin.offer()));
        }
    }

    private void checkContent(WantedBundle bundle) {
        if (!BundleFile.sha256(wanted.file(bundle)).equals(bundle.sha256())) {
            throw Rejection.of("the file '" + wanted.file(bundle) + "' is not what was installed. Install it again from"
                    + " where it came");
        }
    }

    private static WantedBundle wantedBundle(BundleFile bundle) {
        return new WantedBundle(bundle.symbolicName(), bundle.version().toString(), bundle.sha256());
    }

    private static String capitalised(Offer offer) {
        String text = offer.toString();
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}
