package io.varuna.pluginmanager;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.api.manage.PluginDescription;
import io.varuna.api.manage.PluginKind;
import io.varuna.api.manage.PluginRequest;
import io.varuna.api.manage.PluginService;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import org.apache.karaf.features.FeaturesService;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lists, installs and removes plugins of the container. Thread-safe; installs and removes one at a time. */
@Component(service = PluginService.class, immediate = true)
public final class InstalledPlugins implements PluginService {
    private static final Logger LOG = LoggerFactory.getLogger(InstalledPlugins.class);
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,200}");
    private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");
    private static final long MEGABYTE = 1024L * 1024;
    private static final long MOST_BYTES = 200 * MEGABYTE;
    private static final long MOST_BYTES_UNPACKED = 600 * MEGABYTE;

    private final Bundles bundles;
    private final PluginCatalog catalog;
    private final WantedPlugins wanted;
    private final Installer installer;
    private final Download download;
    private final Trust trust;
    private final Path deployed;
    private final ReentrantLock change = new ReentrantLock();
    private volatile @Nullable FeaturesService features;

    @Activate
    public InstalledPlugins(BundleContext context, @Reference Trust trust) {
        this(
                context,
                store(context).resolve("plugins"),
                new Download(
                        new AddressPolicy(Boolean.parseBoolean(context.getProperty("varuna.plugins.allow.private"))),
                        Duration.ofSeconds(60),
                        MOST_BYTES),
                trust,
                Duration.ofSeconds(30));
    }

    InstalledPlugins(BundleContext context, Path directory, Download download, Trust trust, Duration patience) {
        this.bundles = new Bundles(context);
        this.catalog = new PluginCatalog(context);
        this.wanted = WantedPlugins.open(directory);
        this.installer = new Installer(bundles, catalog, wanted, patience);
        this.download = download;
        this.trust = trust;
        this.deployed = base(context).resolve("deploy");
        installer.restore();
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            service = FeaturesService.class)
    void setFeatures(FeaturesService service) {
        features = service;
    }

    void unsetFeatures(FeaturesService service) {
        if (features == service) {
            features = null;
        }
    }

    private static Path base(BundleContext context) {
        String base = context.getProperty("karaf.base");
        return Path.of(base == null ? "" : base).toAbsolutePath();
    }

    private static Path store(BundleContext context) {
        String store = context.getProperty("varuna.store");
        return store == null || store.isBlank() ? base(context).resolve("store") : Path.of(store);
    }

    @Override
    public List<PluginDescription> list() {
        return catalog.list();
    }

    @Override
    public List<PluginDescription> list(PluginKind kind) {
        return catalog.list(kind);
    }

    @Override
    public PluginDescription get(PluginKind kind, String name) {
        List<PluginDescription> known = catalog.list(kind);
        return known.stream()
                .filter(plugin -> plugin.name().equals(name))
                .findFirst()
                .orElseThrow(() -> notFound(kind, name, known));
    }

    private static VarunaException notFound(PluginKind kind, String name, List<PluginDescription> known) {
        String word = kind.name().toLowerCase(Locale.ROOT);
        String names =
                String.join(", ", known.stream().map(PluginDescription::name).toList());
        return new VarunaException(
                StandardError.PLUGIN_NOT_FOUND,
                "There is no " + word + " '" + name + "'. There " + (names.isEmpty() ? "is none" : "are: " + names));
    }

    @Override
    public PluginDescription install(PluginRequest request) {
        check(request);
        Path incoming = wanted.incoming();
        try {
            Path file = incoming.resolve("file");
            download.fetch(request.file(), file);
            checkContent(request, file);
            PluginFile plugin =
                    PluginFile.read(fileName(request.file()), file, incoming.resolve("content"), MOST_BYTES_UNPACKED);
            Optional<String> signer = trust.check(plugin);
            change.lock();
            try {
                installer.install(request, plugin);
            } finally {
                change.unlock();
            }
            signer.ifPresent(name -> LOG.info("{} '{}' is signed by {}", request.kind(), request.name(), name));
        } finally {
            delete(incoming);
        }
        return get(request.kind(), request.name());
    }

    private static void check(PluginRequest request) {
        if (!NAME.matcher(request.name()).matches()) {
            throw new VarunaException(
                    StandardError.INVALID_NAME,
                    "'" + request.name() + "' cannot be the name of a plugin: only the letters A to Z, digits, '_' and"
                            + " '-' are allowed");
        }
        if (request.file().isBlank()) {
            throw Rejection.of("Say where the plugin is in 'file', such as https://example.org/mysql.zip");
        }
        if (!request.sha256().isEmpty() && !SHA_256.matcher(request.sha256()).matches()) {
            throw Rejection.of("'" + request.sha256()
                    + "' is not a SHA-256, which has 64 hexadecimal digits. 'sha256sum' prints it");
        }
    }

    private static void checkContent(PluginRequest request, Path file) {
        if (!request.sha256().isEmpty() && !request.sha256().equals(BundleFile.sha256(file))) {
            throw Rejection.of("'" + request.file() + "' is not what was asked for: its SHA-256 is "
                    + BundleFile.sha256(file) + ", not " + request.sha256()
                    + ". It was damaged on the way, or exchanged by somebody. It is not installed");
        }
    }

    private static String fileName(String address) {
        String path = address.replaceAll("[?#].*", "");
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static void delete(Path incoming) {
        try {
            WantedPlugins.delete(incoming);
        } catch (IOException e) {
            LOG.warn("'{}' could not be deleted: {}", incoming, e.getMessage());
        }
    }

    @Override
    public void remove(PluginKind kind, String name) {
        change.lock();
        try {
            Bundle bundle = catalog.provider(new Offer(kind, name)).orElseThrow(() -> notFound(kind, name, list(kind)));
            Optional<WantedPlugin> own = wanted.ofBundle(
                    bundle.getSymbolicName(), bundle.getVersion().toString());
            if (own.isPresent()) {
                installer.remove(own.get());
            } else {
                new ForeignRemoval(bundles, features, deployed).remove(bundle);
            }
            LOG.info("Plugin '{}' is removed", ServiceKinds.pluginName(bundle.getSymbolicName()));
        } finally {
            change.unlock();
        }
    }
}
