package io.varuna.engine.plugin;

import java.util.Map;

/**
 * The plugins as one rule shall see them.
 *
 * @param plugins where sources, sinks, codecs, lookups and connections are found
 * @param versions by name of a plugin, the version whose functions are taken; the highest where a plugin is not named
 */
public record PluginView(PluginRegistry plugins, Map<String, String> versions) {
    public PluginView {
        versions = Map.copyOf(versions);
    }

    /** Returns a view with the highest versions of all functions. */
    public static PluginView of(PluginRegistry plugins) {
        return new PluginView(plugins, Map.of());
    }
}
