package io.varuna.pluginmanager;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.api.manage.PluginKind;
import io.varuna.api.manage.PluginRequest;
import io.varuna.api.manage.PropertyProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;

/** Finds in a checked file what was asked for, and decides whether it may come beside what is there. */
record Admission(Bundles bundles, PluginCatalog catalog, WantedPlugins wanted) {
    Incoming incoming(PluginRequest request, PluginFile file) {
        Offer offer = new Offer(request.kind(), request.name());
        BundleFile plugin = offering(offer, file);
        refuseForeignParts(file);
        List<PropertyProfile> profiles = new ArrayList<>();
        List<String> remarks = new ArrayList<>();
        for (SourceDefaults defaults : file.defaults()) {
            if (plugin.offers().contains(new Offer(PluginKind.SOURCE, defaults.source()))) {
                profiles.addAll(defaults.profiles(ServiceKinds.pluginName(plugin.symbolicName())));
            } else {
                remarks.add("The properties in '" + defaults.path() + "' of the file are not used: the plugin has no"
                        + " source '" + defaults.source() + "'");
            }
        }
        if (profiles.isEmpty()) {
            // a file without any leaves what the version before has brought
            wanted.active(plugin.symbolicName()).ifPresent(before -> profiles.addAll(before.profiles()));
        }
        return new Incoming(
                offer,
                request.file(),
                file.signer(),
                plugin,
                replaced(offer, plugin),
                wantedOf(plugin, file),
                profiles,
                remarks);
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

    /**
     * What others are made of is not for a plugin to change: a fragment has its classes loaded as those of another bundle, and
     * whatever comes after a bundle with packages of the engine could be wired to these.
     */
    private static void refuseForeignParts(PluginFile file) {
        Set<String> own = file.bundles().stream().map(BundleFile::symbolicName).collect(Collectors.toSet());
        for (BundleFile bundle : file.bundles()) {
            String title = "Plugin " + BundleFile.title(bundle.symbolicName(), bundle.version());
            bundle.exports().stream()
                    .filter(ServiceKinds::isEnginePackage)
                    .findFirst()
                    .ifPresent(exported -> {
                        throw Rejection.of(title + " exports the package '" + exported
                                + "' of the engine to others. Leave it out of" + " the bundle, and import it");
                    });
            bundle.hosts().stream()
                    .filter(host -> !own.contains(host))
                    .findFirst()
                    .ifPresent(host -> {
                        throw Rejection.of(
                                title + " is to become a part of the bundle '" + host + "', which is not in the same"
                                        + " file. A plugin may not change what others are made of");
                    });
        }
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
        String title = offer.title() + " is there already, from plugin '"
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
        if (bundles.stuck().contains(installed)) {
            return new VarunaException(
                    StandardError.PLUGIN_EXISTS,
                    title + " is installed, and has not come back from its start or stop. Start the container again to"
                            + " be rid of it, or install another version");
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
}
