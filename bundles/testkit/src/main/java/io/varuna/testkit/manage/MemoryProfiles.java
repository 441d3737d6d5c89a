package io.varuna.testkit.manage;

import io.varuna.api.manage.PluginKind;
import io.varuna.api.manage.ProfileService;
import io.varuna.api.manage.PropertyProfile;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Profiles in memory: of source mqtt one that is configured and one that a plugin has brought. */
public final class MemoryProfiles implements ProfileService {
    @Override
    public List<PropertyProfile> list(PluginKind kind) {
        return Stream.of(
                        new PropertyProfile(
                                PluginKind.SOURCE, "mqtt", "default", "mqtt", Map.of("server", "tcp://127.0.0.1:1883")),
                        new PropertyProfile(PluginKind.SOURCE, "mqtt", "plant", "", Map.of("password", "secret")))
                .filter(profile -> profile.kind() == kind)
                .toList();
    }
}
