package io.varuna.engine.plugin;

import io.varuna.api.manage.PluginKind;

/**
 * Something of a plugin that a rule uses.
 *
 * @param name a type, or the usual name of a function
 */
public record PluginUse(PluginKind kind, String name, String plugin, String version) {}
