package io.varuna.runtime;

import io.varuna.api.manage.PluginKind;
import io.varuna.api.manage.PropertyProfile;
import io.varuna.engine.plugin.Profiles;
import io.varuna.runtime.plugin.BroughtProfiles;
import io.varuna.runtime.plugin.GivenProfiles;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The profiles that are configured, behind them those that were given, and then those that plugins have brought. Thread-safe. */
record KnownProfiles(ConfiguredProfiles configured, GivenProfiles given, BroughtProfiles brought) implements Profiles {
    @Override
    public Optional<Map<String, @Nullable Object>> profile(PluginKind kind, String type, String name) {
        return find(kind, type, name).map(PropertyProfile::properties);
    }

    Optional<PropertyProfile> find(PluginKind kind, String type, String name) {
        return all().filter(profile -> profile.isFor(kind, type, name)).findFirst();
    }

    /** Returns those of a kind in the order of types and names. */
    List<PropertyProfile> list(PluginKind kind) {
        Map<List<String>, PropertyProfile> first = new TreeMap<>(
                Comparator.<List<String>, String>comparing(key -> key.get(0)).thenComparing(key -> key.get(1)));
        all().filter(profile -> profile.kind() == kind)
                .forEach(profile -> first.putIfAbsent(List.of(profile.type(), profile.name()), profile));
        return List.copyOf(first.values());
    }

    boolean isConfigured(PluginKind kind, String type, String name) {
        return configured.all().stream().anyMatch(profile -> profile.isFor(kind, type, name));
    }

    private Stream<PropertyProfile> all() {
        return Stream.of(configured.all(), given.all(), brought.all()).flatMap(List::stream);
    }
}
