package io.varuna.api.manage;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Properties that streams and actions use by a name.
 *
 * @param kind SOURCE, SINK or CONNECTION
 * @param type such as {@code mqtt}
 * @param name {@code default} for streams that name none
 * @param plugin that brought them; empty if they are configured
 */
public record PropertyProfile(
        PluginKind kind, String type, String name, String plugin, Map<String, @Nullable Object> properties) {
    public PropertyProfile {
        properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
    }

    /** Tells whether it stands for the same as another one. */
    public boolean isFor(PluginKind otherKind, String otherType, String otherName) {
        return kind == otherKind && type.equals(otherType) && name.equals(otherName);
    }
}
