package io.varuna.engine.plugin;

import java.time.Clock;

/** Where instances of plugins come from. */
public record PluginAccess(PluginRegistry registry, Profiles profiles, Connections connections, Clock clock) {}
