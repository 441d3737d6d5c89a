package io.varuna.api.manage;

import java.util.List;

/**
 * One thing that an installed plugin offers.
 *
 * @param name how streams, rules and statements call it
 * @param version the plugin's version
 * @param plugin the name of the plugin that offers it
 * @param functions the names of the functions, for kind FUNCTION
 */
public record PluginDescription(
        PluginKind kind,
        String name,
        String version,
        String plugin,
        List<String> functions,
        List<PropertyDescription> properties) {
    public PluginDescription {
        functions = List.copyOf(functions);
        properties = List.copyOf(properties);
    }
}
