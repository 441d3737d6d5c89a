package io.varuna.pluginmanager;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.api.manage.PluginChange;
import io.varuna.api.manage.PluginKind;
import io.varuna.api.manage.PluginRequest;
import io.varuna.api.manage.RuleEffect;
import io.varuna.pluginmanager.WantedPlugin.Role;
import io.varuna.pluginmanager.WantedPlugin.WantedBundle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.Version;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the bundles of a checked file into the framework: all of them and started, or none. Another version is installed
 * beside the old one, which goes when the rules have moved. One call at a time.
 */
final class Installer {
    private static final Logger LOG = LoggerFactory.getLogger(Installer.class);
    /** How long what a plugin offers beside what is asked for may take to be there. */
    private static final Duration OTHERS_LIMIT = Duration.ofSeconds(2);

    private final Bundles bundles;
    private final PluginCatalog catalog;
    private final WantedPlugins wanted;
    private final Users users;
    private final Duration patience;

    /**
     * Creates it.
     *
     * @param patience how long a started plugin may take until its service is there
     */
    Installer(Bundles bundles, PluginCatalog catalog, WantedPlugins wanted, Users users, Duration patience) {
        this.bundles = bundles;
        this.catalog = catalog;
        this.wanted = wanted;
        this.users = users;
        this.patience = patience;
    }

    PluginChange install(PluginRequest request, PluginFile file) {
        Arrival arrival = arrival(request, file);
        return bring(arrival, file.remarks(), () -> checkFunctions(request, arrival.plugin()));
    }

    /** Checks everything that can be without installing; returns what the installation would do. */
    PluginChange preview(PluginRequest request, PluginFile file) {
        Arrival arrival = arrival(request, file);
        return arrival.change(
                Stream.concat(
                                users.waitingFor(arrival.plugin().offers()).stream(),
                                users.previewMove(arrival.name(), arrival.version()).stream())
                        .toList(),
                file.remarks());
    }

    /** Returns to the version of a plugin that was there before the last upgrade. */
    PluginChange rollback(Offer offer, String symbolicName) {
        WantedPlugin present = wanted.active(symbolicName).orElseThrow(() -> nothingToReturnTo(symbolicName));
        WantedPlugin former = wanted.former(symbolicName).orElseThrow(() -> nothingToReturnTo(symbolicName));
        List<BundleFile> files = former.bundles().stream()
                .map(bundle -> {
                    checkContent(bundle);
                    return BundleFile.read(bundle.fileName(), wanted.file(bundle));
                })
                .toList();
        Optional<Bundle> old = bundles.find(symbolicName, Version.parseVersion(present.version()));
        return bring(
                new Arrival(offer, former.source(), former.signer(), files.get(0), old, files), List.of(), () -> {});
    }

    private static VarunaException nothingToReturnTo(String symbolicName) {
        return new VarunaException(
                StandardError.PLUGIN_NOT_FOUND,
                "There is no former version of plugin '" + ServiceKinds.pluginName(symbolicName)
                        + "' to return to: it has not been upgraded through Varuna");
    }

    /**
     * What comes.
     *
     * @param signer of its file
     * @param plugin the bundle of the plugin itself
     * @param old whose place it takes
     * @param all the plugin first, then what it needs
     */
    private record Arrival(
            Offer offer, String source, String signer, BundleFile plugin, Optional<Bundle> old, List<BundleFile> all) {
        String name() {
            return ServiceKinds.pluginName(plugin.symbolicName());
        }

        String version() {
            return BundleFile.plain(plugin.version());
        }

        PluginChange change(List<RuleEffect> effects, List<String> remarks) {
            List<RuleEffect> inOrder = effects.stream()
                    .sorted(Comparator.comparing(RuleEffect::rule))
                    .toList();
            String from =
                    old.map(bundle -> BundleFile.plain(bundle.getVersion())).orElse("");
            // nobody else is wired to a plugin, and what it shares with others stays
            return new PluginChange(name(), from, version(), inOrder, List.of(), remarks);
        }
    }

    private Arrival arrival(PluginRequest request, PluginFile file) {
        Offer offer = new Offer(request.kind(), request.name());
        BundleFile plugin = offering(offer, file);
        return new Arrival(
                offer, request.file(), file.signer(), plugin, replaced(offer, plugin), wantedOf(plugin, file));
    }

    /** Installs what is missing, lets the rules move to it, and then lets the old one go. */
    private PluginChange bring(Arrival arrival, List<String> remarks, Runnable check) {
        List<RuleEffect> effects =
                new ArrayList<>(users.waitingFor(arrival.plugin().offers()));
        List<BundleFile> missing = arrival.all().stream()
                .filter(file ->
                        bundles.find(file.symbolicName(), file.version()).isEmpty())
                .toList();
        String former = arrival.old()
                .map(bundle -> BundleFile.plain(bundle.getVersion()))
                .orElse("");
        List<Bundle> added = new ArrayList<>();
        Optional<WantedPlugin> before = arrival.old()
                .flatMap(bundle -> wanted.ofBundle(
                        bundle.getSymbolicName(), bundle.getVersion().toString()));
        try {
            // rules that start meanwhile are not part of the trial
            users.prefer(arrival.name(), former);
            missing.forEach(file -> wanted.keep(file.path(), wantedBundle(file)));
            for (BundleFile file : missing) {
                added.add(bundles.install(
                        file.symbolicName(), file.version().toString(), wanted.file(wantedBundle(file))));
            }
            added.forEach(bundles::start);
            awaitServices(arrival);
            check.run();
            effects.addAll(users.move(arrival.name(), arrival.version()));
            boolean stays = before.isPresent() && users.isUsed(arrival.name(), former);
            wanted.put(
                    new WantedPlugin(
                            arrival.offer(),
                            arrival.source(),
                            arrival.signer(),
                            arrival.all().stream().map(Installer::wantedBundle).toList(),
                            Role.ACTIVE),
                    before.map(plugin -> plugin.as(stays ? Role.BESIDE : Role.KEPT)));
        } catch (RuntimeException e) {
            bundles.uninstall(added);
            wanted.tidy();
            throw e;
        }
        users.prefer(arrival.name(), arrival.version());
        before.ifPresent(plugin -> bundles.uninstall(retired(plugin)));
        retireUnused();
        wanted.tidy();
        LOG.info("Plugin {} {} is installed, from {}", arrival.offer(), arrival.version(), arrival.source());
        return arrival.change(
                effects,
                Stream.concat(remarks.stream(), users.clashes(arrival.name()).stream())
                        .toList());
    }

    /** Lets versions go that were there for rules that asked for them, and do no more. */
    void retireUnused() {
        for (WantedPlugin plugin : wanted.installed()) {
            String name = ServiceKinds.pluginName(plugin.symbolicName());
            if (plugin.role() == Role.BESIDE
                    && !users.isUsed(name, BundleFile.plain(Version.parseVersion(plugin.version())))) {
                wanted.put(plugin.as(Role.KEPT), Optional.empty());
                bundles.uninstall(retired(plugin));
            }
        }
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
        if (plugin.version().compareTo(old.getVersion()) < 0 && !Bundles.isOurs(old)) {
            throw new VarunaException(
                    StandardError.PLUGIN_EXISTS,
                    title + ", which did not come this way; the file has version "
                            + BundleFile.plain(plugin.version())
                            + ", which is older. Remove the newer one first to go back");
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

    /** Returns the bundles of the file that are not there, or are because of us; the plugin first. */
    private List<BundleFile> wantedOf(BundleFile plugin, PluginFile file) {
        List<BundleFile> wantedFiles = new ArrayList<>();
        wantedFiles.add(plugin);
        file.bundles().stream()
                .filter(bundle -> !bundle.equals(plugin)
                        && bundles.find(bundle.symbolicName(), bundle.version())
                                .filter(found -> !Bundles.isOurs(found))
                                .isEmpty())
                .forEach(wantedFiles::add);
        return wantedFiles;
    }

    private void awaitServices(Arrival arrival) {
        BundleFile plugin = arrival.plugin();
        Bundle bundle = bundles.find(plugin.symbolicName(), plugin.version()).orElseThrow();
        if (!awaitService(arrival.offer(), bundle, patience)) {
            throw Rejection.of("Plugin '" + arrival.name() + "' started, but did not offer " + arrival.offer()
                    + " within " + patience.toSeconds()
                    + " s. A component of it may need a service or configuration that is not there");
        }
        // rules may use what else it offers
        plugin.offers().forEach(offer -> {
            if (!awaitService(offer, bundle, OTHERS_LIMIT)) {
                LOG.warn("Plugin '{}' says that it offers {}, but does not", arrival.name(), offer);
            }
        });
    }

    private boolean awaitService(Offer offer, Bundle bundle, Duration limit) {
        return bundles.await(ServiceKinds.service(offer.kind()), limit, () -> catalog.provides(bundle, offer));
    }

    private void checkFunctions(PluginRequest request, BundleFile plugin) {
        if (request.kind() != PluginKind.FUNCTION || request.functions().isEmpty()) {
            return;
        }
        List<String> there = bundles.find(plugin.symbolicName(), plugin.version()).stream()
                .flatMap(bundle -> catalog.functions(bundle).stream())
                .toList();
        List<String> missing = request.functions().stream()
                .filter(function -> there.stream().noneMatch(function::equalsIgnoreCase))
                .toList();
        if (!missing.isEmpty()) {
            throw Rejection.of("The plugin does not have the functions " + String.join(", ", missing) + ". It has: "
                    + String.join(", ", there));
        }
    }

    /** Returns the bundles that go with a plugin: what came for it and no installed one needs. */
    private List<Bundle> retired(WantedPlugin plugin) {
        return plugin.bundles().stream()
                .filter(bundle ->
                        wanted.ofBundle(bundle.symbolicName(), bundle.version()).isEmpty())
                .flatMap(bundle -> bundles.find(bundle.symbolicName(), Version.parseVersion(bundle.version())).stream())
                .filter(Bundles::isOurs)
                .toList();
    }

    /** Takes away a plugin that was installed by us. */
    void remove(WantedPlugin plugin) {
        wanted.remove(plugin);
        users.prefer(ServiceKinds.pluginName(plugin.symbolicName()), "");
        bundles.uninstall(retired(plugin));
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
        for (WantedPlugin plugin : wanted.installed()) {
            try {
                restore(plugin);
            } catch (VarunaException e) {
                LOG.error("{} is wanted, but cannot be brought back: {}", capitalised(plugin.offer()), e.getMessage());
            }
        }
        wanted.installed().stream()
                .filter(plugin -> plugin.role() == Role.BESIDE)
                .flatMap(beside -> wanted.active(beside.symbolicName()).stream())
                .forEach(active -> users.prefer(
                        ServiceKinds.pluginName(active.symbolicName()),
                        BundleFile.plain(Version.parseVersion(active.version()))));
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
