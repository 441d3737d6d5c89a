package io.varuna.runtime;

import io.varuna.api.manage.PluginKind;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;

/**
 * Properties under a name, from a configuration such as {@code etc/io.varuna.profile-broker.cfg}: {@code profile.kind}
 * (source, sink or connection), {@code profile.type} (such as mqtt) and {@code profile.name} say for what; all others are
 * handed on.
 */
@Component(
        service = ConfiguredProfile.class,
        configurationPid = "io.varuna.profile",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class ConfiguredProfile {
    private static final String PREFIX = "profile.";

    private final String kind;
    private final String type;
    private final String name;
    private final Map<String, @Nullable Object> properties;

    @Activate
    public ConfiguredProfile(Map<String, Object> configuration) {
        this.kind = text(configuration, "kind");
        this.type = text(configuration, "type");
        this.name = text(configuration, "name");
        Map<String, @Nullable Object> handedOn = new TreeMap<>(configuration);
        handedOn.keySet().removeIf(ConfiguredProfile::isOfContainer);
        this.properties = handedOn;
    }

    private static String text(Map<String, Object> configuration, String key) {
        return String.valueOf(configuration.getOrDefault(PREFIX + key, "")).strip();
    }

    private static boolean isOfContainer(String key) {
        return key.startsWith(PREFIX)
                || key.startsWith("service.")
                || key.startsWith("component.")
                || key.startsWith("osgi.")
                || key.startsWith("felix.");
    }

    boolean is(PluginKind wantedKind, String wantedType, String wantedName) {
        return kind.toUpperCase(Locale.ROOT).equals(wantedKind.name())
                && type.equals(wantedType)
                && name.equals(wantedName);
    }

    Map<String, @Nullable Object> properties() {
        return properties;
    }
}
