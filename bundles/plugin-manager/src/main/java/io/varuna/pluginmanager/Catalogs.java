package io.varuna.pluginmanager;

import io.varuna.api.manage.AvailablePlugin;
import io.varuna.api.manage.CatalogService;
import io.varuna.api.manage.PluginKind;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Version;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;

/** All catalogues: that of the distribution, and those that are configured. Thread-safe. */
@Component(
        service = {CatalogService.class, Catalogs.class},
        configurationPid = PluginConfiguration.PID)
public final class Catalogs implements CatalogService, Trust.Voucher {
    /** The beginning of addresses of plugins in catalogues. */
    private static final String ADDRESS = "catalog:";

    private final Trust trust;
    private final Installation installation;
    private final Map<String, Version> api;
    private volatile MavenFiles maven;
    private volatile List<CatalogSource> sources;

    /** What was found, and where. */
    record Found(Catalog catalog, CatalogEntry entry) {}

    @Activate
    public Catalogs(BundleContext context, @Reference Trust trust, PluginConfiguration configuration) {
        this(trust, Installation.of(context), new Bundles(context).api());
        configure(configuration);
    }

    Catalogs(Trust trust, Installation installation, Map<String, Version> api) {
        this.trust = trust;
        this.installation = installation;
        this.api = Map.copyOf(api);
        this.maven = installation.maven("");
        this.sources = sources(List.of());
    }

    @Modified
    void configure(PluginConfiguration configuration) {
        maven = installation.maven(configuration.repository());
        // a file of properties has one text for all of them
        use(Arrays.stream(configuration.catalogs())
                .flatMap(text -> Arrays.stream(text.split(",", -1)))
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .toList());
    }

    /** Replaces the catalogues beside that of the distribution. */
    void use(List<String> addresses) {
        sources = sources(addresses);
    }

    private List<CatalogSource> sources(List<String> addresses) {
        List<CatalogSource> all = new ArrayList<>();
        all.add(source(installation.home().resolve("catalog").toString(), 0, true));
        for (String address : addresses) {
            boolean path = !Catalog.hasScheme(address);
            all.add(source(path ? installation.home().resolve(address).toString() : address, all.size(), false));
        }
        return List.copyOf(all);
    }

    private CatalogSource source(String address, int number, boolean own) {
        return new CatalogSource(
                address,
                installation.data().resolve("catalogs").resolve(number + ".jar"),
                own,
                trust,
                installation.download(),
                Clock.systemUTC());
    }

    MavenFiles maven() {
        return maven;
    }

    /** Returns the packages of the plugin interface that this engine has, with their versions. */
    Map<String, Version> api() {
        return api;
    }

    @Override
    public List<AvailablePlugin> list() {
        return found(CatalogSource::current)
                .sorted(Comparator.comparing(Found::entry, CatalogEntry.ORDER))
                .map(this::describe)
                .toList();
    }

    @Override
    public Optional<AvailablePlugin> offering(PluginKind kind, String name) {
        return best(CatalogSource::known, entry -> entry.offers(kind, name)).map(this::describe);
    }

    private Stream<Found> found(Function<CatalogSource, Optional<Catalog>> reading) {
        return sources.stream()
                .flatMap(source -> reading.apply(source).stream())
                .flatMap(catalog -> catalog.entries().stream().map(entry -> new Found(catalog, entry)));
    }

    private Optional<Found> best(Function<CatalogSource, Optional<Catalog>> reading, Predicate<CatalogEntry> wanted) {
        return found(reading)
                .filter(candidate -> wanted.test(candidate.entry()))
                .max(this::better);
    }

    private int better(Found left, Found right) {
        return Comparator.comparing((Found found) -> found.entry().obstacle(api).isEmpty())
                .thenComparing(found -> found.entry().version())
                .compare(left, right);
    }

    private AvailablePlugin describe(Found found) {
        CatalogEntry entry = found.entry();
        return new AvailablePlugin(
                entry.name(),
                entry.version().toString(),
                entry.description(),
                entry.offersByKind(),
                entry.functions(),
                entry.obstacle(api).orElse(""),
                entry.bytes(),
                entry.parts().get(0).sha256(),
                found.catalog().signer().orElse(""),
                address(entry));
    }

    static String address(CatalogEntry entry) {
        return ADDRESS + entry.name() + "/" + entry.version();
    }

    static boolean isAddress(String address) {
        return address.startsWith(ADDRESS);
    }

    /** Returns what an address stands for: {@code catalog:name} or {@code catalog:name/version}. */
    Found resolve(String address) {
        String[] parts = address.substring(ADDRESS.length()).split("/", -1);
        return best(
                        CatalogSource::current,
                        entry -> entry.name().equals(parts[0])
                                && (parts.length == 1
                                        || entry.version().toString().equals(parts[1])))
                .orElseThrow(() -> Rejection.of("No catalogue has '" + address.substring(ADDRESS.length())
                        + "'. 'plugin:available' and GET /plugins/available list what there is"));
    }

    /** Returns the best plugin that offers something. */
    Found resolve(Offer offer) {
        return best(CatalogSource::current, entry -> entry.offers(offer.kind(), offer.name()))
                .orElseThrow(() -> Rejection.of("No catalogue has " + offer
                        + ". Say where the plugin is in 'file', such as https://example.org/mysql.zip"));
    }

    /** Fetches the files of a plugin; {@code directory} has one for each then. */
    List<Path> fetch(Found found, Path directory) {
        List<Path> files = new ArrayList<>();
        for (CatalogEntry.Part part : found.entry().parts()) {
            Path target = directory.resolve("part-" + files.size());
            found.catalog().fetch(part, target, installation.download(), maven);
            files.add(target);
        }
        return files;
    }

    /** Returns the versions of a plugin that can be installed here, the highest first. */
    List<String> fitting(String name) {
        return found(CatalogSource::known)
                .map(Found::entry)
                .filter(entry ->
                        entry.name().equals(name) && entry.obstacle(api).isEmpty())
                .sorted(CatalogEntry.ORDER)
                .map(entry -> BundleFile.plain(entry.version()))
                .distinct()
                .toList();
    }

    /** Returns the names of the functions that the catalogues know of a file. */
    List<String> functions(String sha256) {
        return found(CatalogSource::known)
                .map(Found::entry)
                .filter(entry -> entry.parts().get(0).sha256().equals(sha256))
                .flatMap(entry -> entry.functions().stream())
                .distinct()
                .toList();
    }

    @Override
    public Optional<String> signer(String sha256) {
        return sources.stream()
                .flatMap(source -> source.known().stream())
                .filter(catalog -> catalog.signer().isPresent() && catalog.has(sha256))
                .map(catalog -> "the catalogue of " + catalog.signer().orElseThrow())
                .findFirst();
    }
}
