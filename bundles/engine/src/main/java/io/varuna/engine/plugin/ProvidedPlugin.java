package io.varuna.engine.plugin;

import io.varuna.api.manage.PluginKind;
import io.varuna.api.plugin.PluginFactory;

/**
 * A factory and where it comes from.
 *
 * @param type the name by which streams and rules use it
 * @param plugin the name of the plugin that provides it
 * @param version the version of that plugin
 */
public record ProvidedPlugin<F extends PluginFactory<?>>(
        PluginKind kind, String type, String plugin, String version, F factory) {
    /** Returns what a rule that uses it has to name. */
    public PluginUse use() {
        return new PluginUse(kind, type, plugin, version);
    }
}
