package io.varuna.runtime;

import io.varuna.api.manage.PluginKind;
import io.varuna.api.manage.ProfileService;
import io.varuna.api.manage.PropertyProfile;
import io.varuna.engine.plugin.Profiles;
import io.varuna.runtime.plugin.BroughtProfiles;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The profiles that are configured, and behind them those that plugins have brought. Thread-safe. */
record KnownProfiles(ConfiguredProfiles configured, BroughtProfiles brought) implements Profiles, ProfileService {
    @Override
    public Optional<Map<String, @Nullable Object>> profile(PluginKind kind, String type, String name) {
        return Stream.concat(configured.all().stream(), brought.all().stream())
                .filter(profile -> profile.isFor(kind, type, name))
                .findFirst()
                .map(PropertyProfile::properties);
    }

    @Override
    public List<PropertyProfile> list(PluginKind kind) {
        List<PropertyProfile> own = configured.all();
        Stream<PropertyProfile> others = brought.all().stream().filter(profile -> own.stream()
                .noneMatch(hiding -> hiding.isFor(profile.kind(), profile.type(), profile.name())));
        return Stream.concat(own.stream(), others)
                .filter(profile -> profile.kind() == kind)
                .sorted(Comparator.comparing(PropertyProfile::type).thenComparing(PropertyProfile::name))
                .toList();
    }
}
