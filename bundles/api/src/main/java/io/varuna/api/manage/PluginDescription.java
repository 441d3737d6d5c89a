package io.varuna.api.manage;

import java.util.List;

/**
 * One thing that an installed plugin offers.
 *
 * @param name how streams, rules and statements call it
 * @param version the plugin's version
 * @param plugin the name of the plugin that offers it
 * @param functions the names of the functions, for kind FUNCTION
 * @param signer who signed the plugin, as its certificate says; empty if nobody trusted did, if signatures were not looked
 *     at, or if it did not come through Varuna
 * @param refusal why it may not be used, in a sentence; empty if it may
 */
public record PluginDescription(
        PluginKind kind,
        String name,
        String version,
        String plugin,
        List<String> functions,
        List<PropertyDescription> properties,
        String signer,
        String refusal) {
    public PluginDescription {
        functions = List.copyOf(functions);
        properties = List.copyOf(properties);
    }

    /** Tells whether it may be used. */
    public boolean isAdmitted() {
        return refusal.isEmpty();
    }

    /** Describes what may be used, though nobody has signed it. */
    public PluginDescription(
            PluginKind kind,
            String name,
            String version,
            String plugin,
            List<String> functions,
            List<PropertyDescription> properties) {
        this(kind, name, version, plugin, functions, properties, "", "");
    }
}
