package io.varuna.pluginmanager;

import io.varuna.api.manage.PluginKind;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.osgi.framework.Version;

/**
 * What a catalogue says of a version of a plugin.
 *
 * @param functions the names of the functions that statements can call, in lower case
 * @param api the versions of the plugin interface that it needs, by package
 * @param java the version of Java that it needs
 * @param parts the files of it, the plugin's own first
 */
record CatalogEntry(
        String name,
        Version version,
        String description,
        List<Offer> offers,
        List<String> functions,
        Map<String, String> api,
        int java,
        List<Part> parts) {
    static final Comparator<CatalogEntry> ORDER =
            Comparator.comparing(CatalogEntry::name).thenComparing(CatalogEntry::version, Comparator.reverseOrder());

    /**
     * A file.
     *
     * @param file relative to the catalogue, an address, or a Maven coordinate
     */
    record Part(String file, long bytes, String sha256) {}

    CatalogEntry {
        offers = List.copyOf(offers);
        functions = List.copyOf(functions);
        api = Map.copyOf(api);
        parts = List.copyOf(parts);
    }

    /** Returns why it cannot be installed here; empty if it can. */
    Optional<String> obstacle(Map<String, Version> here) {
        if (java > Runtime.version().feature()) {
            return Optional.of(ResolutionText.newerJava(String.valueOf(java)));
        }
        return ApiCheck.obstacle(api, here);
    }

    boolean offers(PluginKind kind, String wanted) {
        return offers.contains(new Offer(kind, wanted))
                || (kind == PluginKind.FUNCTION && functions.contains(wanted.toLowerCase(Locale.ROOT)));
    }

    /** Returns the name under which it offers something, which for a function is that of its library. */
    String nameOf(Offer offer) {
        return offers.contains(offer) || offer.kind() != PluginKind.FUNCTION
                ? offer.name()
                : offersByKind()
                        .getOrDefault(PluginKind.FUNCTION, List.of(offer.name()))
                        .get(0);
    }

    Map<PluginKind, List<String>> offersByKind() {
        Map<PluginKind, List<String>> byKind = new EnumMap<>(PluginKind.class);
        for (PluginKind kind : PluginKind.values()) {
            List<String> names = offers.stream()
                    .filter(offer -> offer.kind() == kind)
                    .map(Offer::name)
                    .sorted()
                    .toList();
            if (!names.isEmpty()) {
                byKind.put(kind, names);
            }
        }
        return byKind;
    }

    long bytes() {
        return parts.stream().mapToLong(Part::bytes).sum();
    }
}
