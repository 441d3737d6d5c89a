package io.varuna.pluginmanager;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.api.manage.PluginChange;
import io.varuna.api.manage.PluginDescription;
import io.varuna.api.manage.PluginKind;
import io.varuna.api.manage.PluginRequest;
import io.varuna.api.manage.PluginService;
import io.varuna.api.manage.PluginUsers;
import io.varuna.api.plugin.Durations;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.apache.karaf.features.FeaturesService;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
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
    private static final Duration HEALTH = Duration.ofSeconds(3);

    private final Bundles bundles;
    private final PluginCatalog catalog;
    private final WantedPlugins wanted;
    private final Users users;
    private final Installer installer;
    private final Download download;
    private final Trust trust;
    private final Path deployed;
    private final Arrivals arrivals;
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
                Duration.ofSeconds(30),
                health(context.getProperty("varuna.plugins.health")));
    }

    /**
     * Creates it.
     *
     * @param patience how long a plugin may take until it offers what it says
     * @param health for how long rules are watched with a new version before the former one goes
     */
    InstalledPlugins(
            BundleContext context, Path directory, Download download, Trust trust, Duration patience, Duration health) {
        this.bundles = new Bundles(context);
        this.users = new Users(health);
        this.catalog = new PluginCatalog(context, users);
        this.wanted = WantedPlugins.open(directory);
        this.installer = new Installer(bundles, catalog, wanted, users, patience);
        this.download = download;
        this.trust = trust;
        this.deployed = base(context).resolve("deploy");
        installer.restore();
        this.arrivals = new Arrivals(
                context,
                catalog,
                users,
                task -> alone(() -> {
                    task.run();
                    return true;
                }));
    }

    @Deactivate
    void close() {
        arrivals.close();
    }

    private static Duration health(@Nullable String configured) {
        if (configured == null || configured.isBlank()) {
            return HEALTH;
        }
        return Durations.parse(configured.strip()).orElseGet(() -> {
            LOG.warn(
                    "'{}' is not a time for varuna.plugins.health, such as 3s; {} s are used",
                    configured,
                    HEALTH.toSeconds());
            return HEALTH;
        });
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void setUsers(PluginUsers service) {
        users.set(service);
    }

    void unsetUsers(PluginUsers service) {
        users.unset(service);
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
    public PluginChange install(PluginRequest request) {
        return withFile(request, file -> installer.install(request, file));
    }

    @Override
    public PluginChange previewInstall(PluginRequest request) {
        return withFile(request, file -> installer.preview(request, file));
    }

    private PluginChange withFile(PluginRequest request, Function<PluginFile, PluginChange> action) {
        check(request);
        Path incoming = wanted.incoming();
        try {
            Path file = incoming.resolve("file");
            download.fetch(request.file(), file);
            checkContent(request, file);
            PluginFile plugin =
                    PluginFile.read(fileName(request.file()), file, incoming.resolve("content"), MOST_BYTES_UNPACKED);
            Optional<String> signer = trust.check(plugin);
            signer.ifPresent(name -> LOG.info("{} '{}' is signed by {}", request.kind(), request.name(), name));
            return alone(() -> action.apply(plugin));
        } finally {
            delete(incoming);
        }
    }

    /** Does something while nobody else changes plugins. */
    private <T> T alone(Supplier<T> action) {
        change.lock();
        try {
            return action.get();
        } finally {
            change.unlock();
        }
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
    public PluginChange rollback(PluginKind kind, String name) {
        return alone(() ->
                installer.rollback(new Offer(kind, name), provider(kind, name).getSymbolicName()));
    }

    private Bundle provider(PluginKind kind, String name) {
        return catalog.provider(new Offer(kind, name)).orElseThrow(() -> notFound(kind, name, list(kind)));
    }

    @Override
    public PluginChange previewRemoval(PluginKind kind, String name) {
        return alone(() -> removal(provider(kind, name)).change());
    }

    @Override
    public PluginChange remove(PluginKind kind, String name, boolean force) {
        return alone(() -> {
            Bundle bundle = provider(kind, name);
            Removal removal = removal(bundle);
            PluginChange done = removal.change();
            if (!force) {
                removal.checkUnused();
            }
            if (removal.own().isEmpty()) {
                new ForeignRemoval(bundles, features, deployed).remove(bundle);
            } else {
                removal.own().forEach(installer::remove);
            }
            LOG.info("Plugin '{}' is removed", removal.plugin());
            return done;
        });
    }

    /** Returns what a removal takes away: all that came through us of a plugin, or else what came otherwise. */
    private Removal removal(Bundle bundle) {
        List<WantedPlugin> own = wanted.installed().stream()
                .filter(plugin -> plugin.symbolicName().equals(bundle.getSymbolicName()))
                .toList();
        return new Removal(bundle, own, bundles, users);
    }
}
