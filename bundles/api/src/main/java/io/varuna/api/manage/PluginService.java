package io.varuna.api.manage;

import java.io.InputStream;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Plugins. Thread-safe; failures are {@code VarunaException}s. Changes are made one after the other. */
@ProviderType
public interface PluginService {
    /** Returns what installed plugins offer, in the order of kind and name. */
    List<PluginDescription> list();

    /** Returns what installed plugins offer of one kind, in the order of the names. */
    List<PluginDescription> list(PluginKind kind);

    /** Returns what is offered under a name; fails with PLUGIN_NOT_FOUND, naming what is known. */
    PluginDescription get(PluginKind kind, String name);

    /**
     * Fetches, checks and installs a plugin; returns when it can be used. It stays wanted until it is removed. If another
     * version of it is there, the new one comes beside it and the rules move to it while they run; if one of them cannot, all
     * stay with what they had, and this fails with PLUGIN_REJECTED, saying why.
     */
    PluginChange install(PluginRequest request);

    /**
     * Does the same with a plugin that is sent along.
     *
     * @param request whose {@code file} is a name for it, for messages
     * @param content of the file; read as far as needed, not closed
     */
    PluginChange install(PluginRequest request, InputStream content);

    /** Fetches and checks a plugin; returns what its installation would do. */
    PluginChange previewInstall(PluginRequest request);

    /**
     * Checks a plugin that is sent along; returns what its installation would do.
     *
     * @param request whose {@code file} is a name for it, for messages
     * @param content of the file; read as far as needed, not closed
     */
    PluginChange previewInstall(PluginRequest request, InputStream content);

    /** Moves the rules back to the version that was there before the last upgrade. Fails if there was none. */
    PluginChange rollback(PluginKind kind, String name);

    /**
     * Removes the plugin that offers this. Rules that use it wait until it returns.
     *
     * @param force whether it is removed though rules use it; otherwise this fails with PLUGIN_IN_USE, naming them
     */
    PluginChange remove(PluginKind kind, String name, boolean force);

    /** Returns what happened to plugins, the latest first; the oldest of many are forgotten. */
    List<PluginEvent> events();

    /** Returns what a removal would do. */
    PluginChange previewRemoval(PluginKind kind, String name);
}
