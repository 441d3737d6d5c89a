package io.varuna.runtime;

import io.varuna.api.manage.PropertyProfile;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** The profiles that are configured now. Thread-safe. */
final class ConfiguredProfiles {
    private final List<ConfiguredProfile> profiles = new CopyOnWriteArrayList<>();

    void add(ConfiguredProfile profile) {
        profiles.add(profile);
    }

    void remove(ConfiguredProfile profile) {
        profiles.remove(profile);
    }

    List<PropertyProfile> all() {
        return profiles.stream()
                .map(ConfiguredProfile::profile)
                .flatMap(Optional::stream)
                .toList();
    }
}
