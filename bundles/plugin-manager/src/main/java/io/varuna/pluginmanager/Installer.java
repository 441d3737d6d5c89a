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
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    private final Admission admission;
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
        this.admission = new Admission(bundles, catalog, wanted);
        this.users = users;
        this.patience = patience;
    }

    PluginChange install(PluginRequest request, PluginFile file) {
        Incoming incoming = admission.incoming(request, file);
        return bring(incoming, () -> checkFunctions(request, incoming.plugin()));
    }

    /**
     * Checks everything that can be without installing; returns what the installation would do.
     *
     * @param functions names of functions that the plugin is known to have
     */
    PluginChange preview(PluginRequest request, PluginFile file, Collection<String> functions) {
        Incoming incoming = admission.incoming(request, file);
        Map<PluginKind, List<String>> names = incoming.names(functions);
        users.checkNames(incoming.name(), incoming.version(), names);
        return incoming.change(
                Stream.concat(
                                users.waitingFor(names).stream(),
                                users.previewMove(incoming.name(), incoming.version()).stream())
                        .toList(),
                users.clashes(incoming.name(), names));
    }

    /** Returns to the version of a plugin that was there before the last upgrade. */
    PluginChange rollback(Offer offer, String symbolicName) {
        WantedPlugin present = wanted.active(symbolicName).orElseThrow(() -> nothingToReturnTo(symbolicName));
        WantedPlugin former = wanted.former(symbolicName).orElseThrow(() -> nothingToReturnTo(symbolicName));
        List<BundleFile> files = former.bundles().stream()
                .map(bundle -> {
                    wanted.checkContent(bundle);
                    return BundleFile.read(bundle.fileName(), wanted.file(bundle));
                })
                .toList();
        Optional<Bundle> old = bundles.find(symbolicName, Version.parseVersion(present.version()));
        return bring(
                new Incoming(
                        offer,
                        former.source(),
                        former.signer(),
                        files.get(0),
                        old,
                        files,
                        former.profiles(),
                        List.of()),
                () -> {});
    }

    private static VarunaException nothingToReturnTo(String symbolicName) {
        return new VarunaException(
                StandardError.PLUGIN_NOT_FOUND,
                "There is no former version of plugin '" + ServiceKinds.pluginName(symbolicName)
                        + "' to return to: it has not been upgraded through Varuna");
    }

    /** Installs what is missing, lets the rules move to it, and then lets the old one go. */
    private PluginChange bring(Incoming incoming, Runnable check) {
        List<RuleEffect> effects = new ArrayList<>();
        List<BundleFile> missing = incoming.all().stream()
                .filter(file ->
                        bundles.find(file.symbolicName(), file.version()).isEmpty())
                .toList();
        String former = incoming.old()
                .map(bundle -> BundleFile.plain(bundle.getVersion()))
                .orElse("");
        List<Bundle> added = new ArrayList<>();
        Optional<WantedPlugin> before = incoming.old()
                .flatMap(bundle -> wanted.ofBundle(
                        bundle.getSymbolicName(), bundle.getVersion().toString()));
        try {
            // rules that start meanwhile are not part of the trial
            users.prefer(incoming.name(), former);
            // rules that wait for it begin with them
            users.profiles(wanted.profilesWith(incoming.plugin().symbolicName(), incoming.profiles()));
            missing.forEach(file -> wanted.keep(file.path(), wantedBundle(file)));
            for (BundleFile file : missing) {
                added.add(bundles.install(
                        file.symbolicName(), file.version().toString(), wanted.file(wantedBundle(file))));
            }
            Map<PluginKind, List<String>> names = names(incoming);
            // rules must not come to call something else than before because a plugin has started
            users.checkNames(incoming.name(), incoming.version(), names);
            effects.addAll(users.waitingFor(names));
            added.forEach(bundles::start);
            awaitServices(incoming);
            check.run();
            if (incoming.old().isPresent()) {
                users.awaitSettled();
            }
            effects.addAll(users.move(incoming.name(), incoming.version()));
            boolean stays = before.isPresent() && users.isUsed(incoming.name(), former);
            wanted.put(
                    new WantedPlugin(
                            incoming.offer(),
                            incoming.source(),
                            incoming.signer(),
                            incoming.all().stream().map(Installer::wantedBundle).toList(),
                            incoming.profiles(),
                            Role.ACTIVE),
                    before.map(plugin -> plugin.as(stays ? Role.BESIDE : Role.KEPT)));
        } catch (RuntimeException | Error e) {
            users.profiles(wanted.profiles());
            bundles.uninstall(added);
            wanted.tidy();
            throw e;
        }
        users.prefer(incoming.name(), incoming.version());
        before.ifPresent(plugin -> bundles.uninstall(retired(plugin)));
        retireUnused();
        wanted.tidy();
        LOG.info("Plugin {} {} is installed, from {}", incoming.offer(), incoming.version(), incoming.source());
        return incoming.change(effects, users.clashes(incoming.name()));
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

    /** Returns the names that it brings, those of its functions as far as they are known before it has started. */
    private Map<PluginKind, List<String>> names(Incoming incoming) {
        BundleFile plugin = incoming.plugin();
        List<String> functions = bundles.find(plugin.symbolicName(), plugin.version()).stream()
                .flatMap(bundle -> bundles.ask(bundle, () -> FunctionNames.of(plugin, bundle)).stream())
                .toList();
        return incoming.names(functions);
    }

    private void awaitServices(Incoming incoming) {
        BundleFile plugin = incoming.plugin();
        Bundle bundle = bundles.find(plugin.symbolicName(), plugin.version()).orElseThrow();
        if (!awaitService(incoming.offer(), bundle, patience)) {
            throw Rejection.of("Plugin '" + incoming.name() + "' started, but did not offer " + incoming.offer()
                    + " within " + patience.toSeconds()
                    + " s. A component of it may need a service or configuration that is not there");
        }
        // rules may use what else it offers
        plugin.offers().forEach(offer -> {
            if (!awaitService(offer, bundle, OTHERS_LIMIT)) {
                LOG.warn("Plugin '{}' says that it offers {}, but does not", incoming.name(), offer);
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
        Optional<Bundle> bundle = bundles.find(plugin.symbolicName(), plugin.version());
        List<String> callable = bundle.map(catalog::callableNames).orElse(List.of());
        List<String> missing = request.functions().stream()
                .filter(function -> callable.stream().noneMatch(function::equalsIgnoreCase))
                .toList();
        if (!missing.isEmpty()) {
            throw Rejection.of("The plugin does not have the functions " + String.join(", ", missing) + ". It has: "
                    + String.join(", ", bundle.map(catalog::functions).orElse(List.of())));
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
        users.profiles(wanted.profiles());
        bundles.uninstall(retired(plugin));
        wanted.tidy();
    }

    private static WantedBundle wantedBundle(BundleFile bundle) {
        return new WantedBundle(bundle.symbolicName(), bundle.version().toString(), bundle.sha256());
    }
}
