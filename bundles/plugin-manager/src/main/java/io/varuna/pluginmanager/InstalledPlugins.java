package io.varuna.pluginmanager;

import io.varuna.api.error.NearestName;
import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.api.manage.PluginChange;
import io.varuna.api.manage.PluginDescription;
import io.varuna.api.manage.PluginEvent;
import io.varuna.api.manage.PluginEvent.What;
import io.varuna.api.manage.PluginKind;
import io.varuna.api.manage.PluginRequest;
import io.varuna.api.manage.PluginService;
import io.varuna.api.manage.PluginUsers;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.apache.karaf.features.BootFinished;
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
@Component(
        service = {PluginService.class, InstalledPlugins.class},
        immediate = true)
public final class InstalledPlugins implements PluginService {
    private static final Logger LOG = LoggerFactory.getLogger(InstalledPlugins.class);
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,200}");
    private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");
    private static final Duration BOOT_LIMIT = Duration.ofSeconds(30);

    private final Bundles bundles;
    private final PluginCatalog catalog;
    private final WantedPlugins wanted;
    private final Users users;
    private final Installer installer;
    private final PluginSources sources;
    private final DeployDirectory deployed;
    private final Arrivals arrivals;
    private final Departures departures;
    private final StartWatch watch;
    private final PluginStarts starts;
    private final EventLog events;
    private final ReentrantLock change = new ReentrantLock();
    private volatile @Nullable FeaturesService features;

    @Activate
    public InstalledPlugins(
            BundleContext context, @Reference Trust trust, @Reference Catalogs catalogs, @Reference Gate gate) {
        this(
                context,
                gate,
                Installation.of(context),
                new PluginSources(Installation.of(context).download(), catalogs, trust),
                Limits.of(context));
    }

    /**
     * Creates it.
     *
     * @param gate knows which plugins may be used that did not come through us
     */
    InstalledPlugins(
            BundleContext context, Gate gate, Installation installation, PluginSources sources, Limits limits) {
        this.bundles = new Bundles(context, limits.start());
        this.users = new Users(
                PreferredVersions.open(installation.store().resolve("plugin-versions.json"), Clock.systemUTC()),
                limits.health(),
                this::released);
        this.wanted = WantedPlugins.open(installation.store().resolve("plugins"));
        this.catalog = new PluginCatalog(context, users, wanted, gate, bundles);
        this.installer = new Installer(bundles, catalog, wanted, users, limits.offer());
        this.sources = sources;
        this.deployed = new DeployDirectory(installation.base().resolve("deploy"));
        this.events = new EventLog(installation.store().resolve("plugin-events.jsonl"), Clock.systemUTC());
        this.watch = new StartWatch(context, bundles, limits.start(), events::refused);
        this.starts = new PluginStarts(
                context,
                bundles,
                gate::isOfDistribution,
                bundle -> deployed.file(bundle).isPresent(),
                events::refused);
        new Restoration(bundles, wanted, users, events).restore();
        gate.onRefusal(events::refused);
        this.arrivals = new Arrivals(
                context,
                catalog,
                users,
                events,
                task -> alone(() -> {
                    task.run();
                    return true;
                }));
        this.departures = new Departures(context, users, wanted, events, arrivals::later);
        arrivals.whenBooted(this::isBooted, this::settle);
        starts.begin(users::arePresent);
    }

    @Deactivate
    void close() {
        departures.close();
        arrivals.close();
        starts.close();
        watch.close();
    }

    private boolean isBooted() {
        return bundles.offer(BootFinished.class) || !bundles.offer(FeaturesService.class);
    }

    /** Does what waits until the container has brought up what it had. */
    private void settle() {
        starts.toGo().forEach(this::removeLate);
        departures.noteGone();
    }

    private void removeLate(Bundle bundle) {
        try {
            new ForeignRemoval(bundles, features, deployed).remove(bundle);
            LOG.info("Plugin '{}' is removed, as it was to be before", bundle);
        } catch (VarunaException e) {
            events.refused(ServiceKinds.pluginName(bundle.getSymbolicName()), String.valueOf(e.getMessage()));
        }
    }

    /** Lets versions go that no rule asks for any more, on a thread that may wait for that. */
    private void released() {
        if (wanted.hasOlder()) {
            arrivals.later(installer::retireUnused);
        }
    }

    Bundles bundles() {
        return bundles;
    }

    /** Has it written down that a plugin is refused, by name and with the reason. */
    void refused(String plugin, String reason) {
        events.refused(plugin, reason);
    }

    /** Does something soon, while nobody else changes plugins. */
    void later(Runnable task) {
        arrivals.later(task);
    }

    /** Waits until what uses plugins is there, at the start of the container. */
    void awaitUsers() {
        users.awaitPresence();
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void setUsers(PluginUsers service) {
        users.set(service);
        service.profiles(wanted.profiles());
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
        String word = kind == PluginKind.FUNCTION
                ? "plugin with functions called"
                : kind.name().toLowerCase(Locale.ROOT);
        List<String> names = known.stream().map(PluginDescription::name).toList();
        String nearest = NearestName.question(name, names);
        return new VarunaException(
                StandardError.PLUGIN_NOT_FOUND,
                "There is no " + word + " '" + name + "'." + nearest + " There "
                        + (names.isEmpty() ? "is none" : "are: " + String.join(", ", names)));
    }

    private PluginChange bring(PluginRequest request, PluginFile file) {
        // while the container brings up its own features, bundles at times do not see what others export
        if (features != null
                && !bundles.await(BootFinished.class, BOOT_LIMIT, () -> bundles.offer(BootFinished.class))) {
            LOG.warn("The container has not brought up all its features within {} s", BOOT_LIMIT.toSeconds());
        }
        return installer.install(request, file);
    }

    @Override
    public PluginChange install(PluginRequest request) {
        return noted(request.name(), () -> {
            PluginRequest resolved = resolve(request);
            return withFile(directory -> sources.fetch(resolved, directory), file -> bring(resolved, file));
        });
    }

    /** Does something and writes down how it ended. */
    private PluginChange noted(String name, Supplier<PluginChange> action) {
        try {
            PluginChange change = action.get();
            events.add(change);
            return change;
        } catch (VarunaException e) {
            events.add(What.REFUSED, name, String.valueOf(e.getMessage()));
            throw e;
        }
    }

    @Override
    public List<PluginEvent> events() {
        return events.latest();
    }

    @Override
    public PluginChange install(PluginRequest request, InputStream content) {
        return noted(request.name(), () -> {
            check(request);
            return withFile(directory -> sources.take(request, content, directory), file -> bring(request, file));
        });
    }

    @Override
    public PluginChange previewInstall(PluginRequest request) {
        PluginRequest resolved = resolve(request);
        return withFile(directory -> sources.fetch(resolved, directory), file -> preview(resolved, file));
    }

    @Override
    public PluginChange previewInstall(PluginRequest request, InputStream content) {
        check(request);
        return withFile(directory -> sources.take(request, content, directory), file -> preview(request, file));
    }

    private PluginChange preview(PluginRequest request, PluginFile file) {
        return installer.preview(request, file, sources.functions(request, file));
    }

    private PluginRequest resolve(PluginRequest request) {
        check(request);
        return sources.resolve(request);
    }

    private PluginChange withFile(Function<Path, PluginFile> fetch, Function<PluginFile, PluginChange> action) {
        Path incoming = wanted.incoming();
        try {
            PluginFile plugin = fetch.apply(incoming);
            return alone(() -> action.apply(plugin));
        } finally {
            PluginSources.delete(incoming);
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
        if (!request.sha256().isEmpty() && !SHA_256.matcher(request.sha256()).matches()) {
            throw Rejection.of("'" + request.sha256()
                    + "' is not a SHA-256, which has 64 hexadecimal digits. 'sha256sum' prints it");
        }
    }

    @Override
    public PluginChange rollback(PluginKind kind, String name) {
        return noted(
                name,
                () -> alone(() -> installer.rollback(
                        new Offer(kind, name), provider(kind, name).getSymbolicName())));
    }

    private Bundle provider(PluginKind kind, String name) {
        Offer offer = new Offer(kind, name);
        return catalog.provider(offer)
                .or(() -> bundles.idle().find(offer))
                .orElseThrow(() -> notFound(kind, name, list(kind)));
    }

    @Override
    public PluginChange previewRemoval(PluginKind kind, String name) {
        return alone(() -> removal(provider(kind, name)).change());
    }

    @Override
    public PluginChange remove(PluginKind kind, String name, boolean force) {
        return noted(name, () -> alone(() -> removeAlone(kind, name, force)));
    }

    private PluginChange removeAlone(PluginKind kind, String name, boolean force) {
        Bundle bundle = provider(kind, name);
        Removal removal = removal(bundle);
        PluginChange done = removal.change();
        if (!force) {
            removal.checkUnused();
        }
        if (removal.own().isEmpty()) {
            users.prefer(removal.plugin(), "");
            new ForeignRemoval(bundles, features, deployed).remove(bundle);
        } else {
            removal.own().forEach(installer::remove);
        }
        LOG.info("Plugin '{}' is removed", removal.plugin());
        return done;
    }

    /** Returns what a removal takes away: all that came through us of a plugin, or else what came otherwise. */
    private Removal removal(Bundle bundle) {
        List<WantedPlugin> own = wanted.installed().stream()
                .filter(plugin -> plugin.symbolicName().equals(bundle.getSymbolicName()))
                .toList();
        return new Removal(bundle, own, bundles, users);
    }
}
