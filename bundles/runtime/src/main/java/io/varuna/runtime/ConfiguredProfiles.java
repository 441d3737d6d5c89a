package io.varuna.runtime;

import io.varuna.api.manage.PluginKind;
import io.varuna.engine.plugin.Profiles;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** The profiles that are configured now. Thread-safe. */
final class ConfiguredProfiles implements Profiles {
    private final List<ConfiguredProfile> profiles = new CopyOnWriteArrayList<>();

    void add(ConfiguredProfile profile) {
        profiles.add(profile);
    }

    void remove(ConfiguredProfile profile) {
        profiles.remove(profile);
    }

    @Override
    public Optional<Map<String, @Nullable Object>> profile(PluginKind kind, String type, String name) {
        return profiles.stream()
                .filter(profile -> profile.is(kind, type, name))
                .findFirst()
                .map(ConfiguredProfile::properties);
    }
}
