package io.varuna.runtime;

import com.fasterxml.jackson.jr.ob.JSON;
import io.varuna.api.manage.PluginKind;
import io.varuna.api.manage.PropertyProfile;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Properties under a name, from a configuration such as {@code etc/io.varuna.profile-broker.cfg}: {@code profile.kind}
 * (source, sink or connection), {@code profile.type} (such as mqtt) and {@code profile.name} say for what; all others are
 * handed on, lists and objects as their JSON stands for.
 */
@Component(
        service = ConfiguredProfile.class,
        configurationPid = "io.varuna.profile",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class ConfiguredProfile {
    private static final Logger LOG = LoggerFactory.getLogger(ConfiguredProfile.class);
    private static final JSON JSON_FORM = JSON.std;
    private static final String PREFIX = "profile.";
    /** What templates of actions have, which can look like JSON. */
    private static final String TEMPLATE = "{{";

    private final Optional<PropertyProfile> profile;

    @Activate
    public ConfiguredProfile(Map<String, Object> configuration) {
        Map<String, @Nullable Object> handedOn = new TreeMap<>(configuration);
        handedOn.keySet().removeIf(ConfiguredProfile::isOfContainer);
        handedOn.replaceAll((key, value) -> value(value));
        this.profile = kind(configuration)
                .map(kind -> new PropertyProfile(
                        kind, text(configuration, "type"), text(configuration, "name"), "", handedOn));
    }

    private static Optional<PluginKind> kind(Map<String, Object> configuration) {
        String kind = text(configuration, "kind");
        Optional<PluginKind> known = Arrays.stream(PluginKind.values())
                .filter(candidate -> candidate.name().equals(kind.toUpperCase(Locale.ROOT)))
                .findFirst();
        if (known.isEmpty()) {
            LOG.warn(
                    "The profile '{}' has profile.kind '{}' and is not used; it is source, sink or connection",
                    text(configuration, "name"),
                    kind);
        }
        return known;
    }

    /** Returns the list or object that a text in JSON stands for: such a file has nothing else for them. */
    private static @Nullable Object value(@Nullable Object configured) {
        if (!(configured instanceof String text)) {
            return configured;
        }
        boolean mayBeJson = text.startsWith("[") || text.startsWith("{");
        if (!mayBeJson || text.contains(TEMPLATE)) {
            return text;
        }
        try {
            return JSON_FORM.anyFrom(text);
        } catch (IOException e) {
            LOG.debug("'{}' is taken as a text, as it is no JSON", text, e);
            return text;
        }
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

    /** Returns it; empty if it is for no kind that there is. */
    Optional<PropertyProfile> profile() {
        return profile;
    }
}
