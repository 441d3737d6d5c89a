package io.varuna.engine.plugin;

import io.varuna.api.manage.PluginKind;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ConsumerType;

/** Properties that are kept under a name, for streams ({@code CONF_KEY}) and for connections. Thread-safe. */
@ConsumerType
@FunctionalInterface
public interface Profiles {
    /** Knows no profile. */
    Profiles NONE = (kind, type, name) -> Optional.empty();

    /**
     * Returns the properties.
     *
     * @param kind SOURCE for CONF_KEY (the name is {@code default} where a stream gives none), SINK for {@code resourceId},
     *     CONNECTION for {@code connectionSelector}
     */
    Optional<Map<String, @Nullable Object>> profile(PluginKind kind, String type, String name);
}
