package io.varuna.runtime;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.api.manage.PluginKind;
import io.varuna.api.manage.ProfileService;
import io.varuna.api.manage.PropertyProfile;
import io.varuna.engine.Engine;
import io.varuna.runtime.rule.ProfileUsers;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Shows and changes profiles. Thread-safe; changes are made one at a time. */
final class ManagedProfiles implements ProfileService {
    private static final List<PluginKind> KINDS = List.of(PluginKind.SOURCE, PluginKind.SINK, PluginKind.CONNECTION);

    private final KnownProfiles profiles;
    private final ProfileUsers users;
    private final Engine engine;

    ManagedProfiles(KnownProfiles profiles, ProfileUsers users, Engine engine) {
        this.profiles = profiles;
        this.users = users;
        this.engine = engine;
    }

    @Override
    public List<PropertyProfile> list(PluginKind kind) {
        return profiles.list(kind);
    }

    @Override
    public synchronized void put(PropertyProfile profile) {
        if (!KINDS.contains(profile.kind())) {
            throw new VarunaException(
                    StandardError.INVALID_PROPERTY,
                    "There are no named properties of " + profile.kind().plural()
                            + "; there are those of sources, sinks and connections.");
        }
        Names.check("type", profile.type());
        Names.check("set of properties", profile.name());
        checkChangeable(profile.kind(), profile.type(), profile.name());
        if (profile.kind() == PluginKind.CONNECTION) {
            engine.checkConnection(
                    profile.type(), profile.properties(), what(profile.kind(), profile.type(), profile.name()));
            checkUnused(profile.kind(), profile.type(), profile.name(), "changed");
        }
        profiles.given().put(profile);
    }

    @Override
    public synchronized boolean remove(PluginKind kind, String type, String name) {
        checkChangeable(kind, type, name);
        Optional<PropertyProfile> given = profiles.given().all().stream()
                .filter(known -> known.isFor(kind, type, name))
                .findFirst();
        if (given.isEmpty()) {
            return false;
        }
        checkUnused(kind, type, name, "removed");
        profiles.given().remove(given.get());
        return true;
    }

    @Override
    public List<String> users(PluginKind kind, String type, String name) {
        return users.of(kind, type, name);
    }

    private void checkChangeable(PluginKind kind, String type, String name) {
        if (profiles.isConfigured(kind, type, name)) {
            throw new VarunaException(
                    StandardError.INVALID_PROPERTY,
                    "The " + what(kind, type, name)
                            + " is configured in a file in etc/, io.varuna.profile-*.cfg. Change that file.");
        }
    }

    private void checkUnused(PluginKind kind, String type, String name, String change) {
        List<String> rules = users.of(kind, type, name);
        if (!rules.isEmpty()) {
            throw new VarunaException(
                    StandardError.PLUGIN_IN_USE,
                    "The " + what(kind, type, name) + " cannot be " + change + ": the rules " + String.join(", ", rules)
                            + " use it.");
        }
    }

    private static String what(PluginKind kind, String type, String name) {
        String word = kind == PluginKind.CONNECTION
                ? "connection"
                : "set of properties of " + kind.name().toLowerCase(Locale.ROOT);
        return word + " '" + name + "' of type '" + type + "'";
    }
}
