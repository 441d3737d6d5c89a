package io.varuna.testkit.manage;

import io.varuna.api.manage.PluginKind;
import io.varuna.api.manage.ProfileService;
import io.varuna.api.manage.PropertyProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Profiles in memory: of source mqtt one that is configured and one that a plugin has brought. Not thread-safe. */
public final class MemoryProfiles implements ProfileService {
    private final List<PropertyProfile> profiles = new ArrayList<>();

    /** Creates those that are there at first. */
    public MemoryProfiles() {
        profiles.add(new PropertyProfile(
                PluginKind.SOURCE, "mqtt", "default", "mqtt", Map.of("server", "tcp://127.0.0.1:1883")));
        profiles.add(new PropertyProfile(PluginKind.SOURCE, "mqtt", "plant", "", Map.of("password", "secret")));
    }

    @Override
    public List<PropertyProfile> list(PluginKind kind) {
        return profiles.stream().filter(profile -> profile.kind() == kind).toList();
    }

    @Override
    public void put(PropertyProfile profile) {
        remove(profile.kind(), profile.type(), profile.name());
        profiles.add(profile);
    }

    @Override
    public boolean remove(PluginKind kind, String type, String name) {
        return profiles.removeIf(profile -> profile.isFor(kind, type, name));
    }

    @Override
    public List<String> users(PluginKind kind, String type, String name) {
        return List.of();
    }
}
