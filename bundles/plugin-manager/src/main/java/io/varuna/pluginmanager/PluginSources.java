package io.varuna.pluginmanager;

import io.varuna.api.manage.PluginRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings a plugin here, wherever it comes from, and checks it. */
record PluginSources(Download download, Catalogs catalogs, Trust trust) {
    private static final Logger LOG = LoggerFactory.getLogger(PluginSources.class);

    /** Returns a request with the address that it stands for, where it leaves the choice to a catalogue. */
    PluginRequest resolve(PluginRequest request) {
        if (!request.file().isBlank()) {
            return request;
        }
        Offer offer = new Offer(request.kind(), request.name());
        CatalogEntry entry = catalogs.resolve(offer).entry();
        return new PluginRequest(
                request.kind(), entry.nameOf(offer), Catalogs.address(entry), request.functions(), request.sha256());
    }

    /**
     * Fetches what a request names.
     *
     * @param directory for files on their way in
     */
    PluginFile fetch(PluginRequest request, Path directory) {
        if (Catalogs.isAddress(request.file())) {
            return fetchFromCatalog(request, directory);
        }
        Path file = directory.resolve("file");
        if (MavenFiles.isCoordinate(request.file())) {
            catalogs.maven().fetch(request.file(), file);
        } else {
            download.fetch(request.file(), file);
        }
        return read(request, file, directory);
    }

    /** Takes what comes with a request. */
    PluginFile take(PluginRequest request, InputStream content, Path directory) {
        Path file = directory.resolve("file");
        try {
            Download.copy(request.file(), content, file, download.mostBytes());
        } catch (IOException e) {
            throw Rejection.download("'" + request.file() + "' ended early: " + e.getMessage(), e);
        }
        return read(request, file, directory);
    }

    private PluginFile read(PluginRequest request, Path file, Path directory) {
        checkContent(request, file);
        return read(fileName(request.file()), file, directory.resolve("content"));
    }

    private PluginFile read(String name, Path file, Path content) {
        PluginFile plugin = PluginFile.read(name, file, content, Installation.MOST_BYTES_UNPACKED);
        plugin.bundles().forEach(this::checkApi);
        Optional<String> signer = trust.check(plugin, catalogs);
        signer.ifPresent(who -> LOG.info("'{}' is signed by {}", name, who));
        return plugin.signedBy(signer.orElse(""));
    }

    private PluginFile fetchFromCatalog(PluginRequest request, Path directory) {
        Catalogs.Found found = catalogs.resolve(request.file());
        CatalogEntry entry = found.entry();
        entry.obstacle(catalogs.api()).ifPresent(reason -> {
            throw Rejection.of("Plugin '" + entry.name() + "' " + BundleFile.plain(entry.version()) + " " + reason
                    + fitting(entry.name()));
        });
        List<BundleFile> bundles = new ArrayList<>();
        List<SourceDefaults> defaults = new ArrayList<>();
        Set<String> signers = new LinkedHashSet<>();
        List<Path> files = catalogs.fetch(found, directory);
        for (int i = 0; i < files.size(); i++) {
            String name = fileName(entry.parts().get(i).file());
            PluginFile part = read(name, files.get(i), directory.resolve("content-" + i));
            bundles.addAll(part.bundles());
            defaults.addAll(part.defaults());
            signers.add(part.signer());
        }
        checkContent(request, files.get(0));
        signers.remove("");
        return new PluginFile(request.file(), files.get(0), bundles, defaults, String.join(" and ", signers));
    }

    /** Returns the names of the functions of a plugin that are known without asking it. */
    Set<String> functions(PluginRequest request, PluginFile file) {
        Set<String> functions = new LinkedHashSet<>(request.functions());
        file.bundles().forEach(bundle -> functions.addAll(catalogs.functions(bundle.sha256())));
        return functions;
    }

    private static void checkContent(PluginRequest request, Path file) {
        if (!request.sha256().isEmpty() && !request.sha256().equals(BundleFile.sha256(file))) {
            throw Rejection.of("'" + request.file() + "' is not what was asked for: its SHA-256 is "
                    + BundleFile.sha256(file) + ", not " + request.sha256()
                    + ". It was damaged on the way, or exchanged by somebody. It is not installed");
        }
    }

    /** Fails if a plugin was made for another engine, with the versions that were made for this one where they are known. */
    private void checkApi(BundleFile bundle) {
        ApiCheck.obstacle(bundle.api(), catalogs.api()).ifPresent(reason -> {
            throw Rejection.of("Plugin " + BundleFile.title(bundle.symbolicName(), bundle.version()) + " " + reason
                    + fitting(ServiceKinds.pluginName(bundle.symbolicName())));
        });
    }

    private String fitting(String plugin) {
        List<String> versions = catalogs.fitting(plugin);
        return versions.isEmpty()
                ? ". Take a version of the plugin that was made for this engine"
                : ". Versions that fit: " + String.join(", ", versions);
    }

    private static String fileName(String address) {
        if (MavenFiles.isCoordinate(address)) {
            return address;
        }
        String path = address.replaceAll("[?#].*", "");
        return path.substring(path.lastIndexOf('/') + 1);
    }

    static void delete(Path incoming) {
        try {
            if (Files.exists(incoming)) {
                WantedPlugins.delete(incoming);
            }
        } catch (IOException e) {
            LOG.warn("'{}' could not be deleted: {}", incoming, e.getMessage());
        }
    }
}
