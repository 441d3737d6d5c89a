package io.varuna.api.manage;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Named properties of sources, sinks and connections: those that are configured in files, those that were given here, and
 * those that plugins have brought; of equal names the first of these counts. Thread-safe; failures are {@code
 * VarunaException}s.
 */
@ProviderType
public interface ProfileService {
    /** Returns those of a kind in the order of types and names, each as it counts. */
    List<PropertyProfile> list(PluginKind kind);

    /**
     * Keeps properties in place of those that were given under the same name. Rules have them from their next start. Fails if
     * they are configured in a file; properties of a connection also if they do not fit it, or if rules use it.
     */
    void put(PropertyProfile profile);

    /**
     * Removes properties that were given; returns whether they were there. Fails if rules use them, or if they are configured
     * in a file.
     */
    boolean remove(PluginKind kind, String type, String name);

    /** Returns the ids of the rules that name these properties, running or not. */
    List<String> users(PluginKind kind, String type, String name);
}
