package io.varuna.api.manage;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Plugins. Thread-safe; failures are {@code VarunaException}s. */
@ProviderType
public interface PluginService {
    /** Returns what installed plugins offer, in the order of kind and name. */
    List<PluginDescription> list();

    /** Returns what installed plugins offer of one kind, in the order of the names. */
    List<PluginDescription> list(PluginKind kind);

    /** Returns what is offered under a name; fails with PLUGIN_NOT_FOUND, naming what is known. */
    PluginDescription get(PluginKind kind, String name);

    /** Fetches, checks and installs a plugin; returns when it can be used. It stays wanted until it is removed. */
    PluginDescription install(PluginRequest request);

    /** Removes the plugin that offers this. Rules that use it wait until it returns. */
    void remove(PluginKind kind, String name);
}
