package io.varuna.api.manage;

import java.util.List;

/**
 * A wish to install a plugin.
 *
 * @param name the name of the source, sink or function library
 * @param file an http, https or file address of a zip, jar or KAR
 * @param functions for kind FUNCTION, the functions that must be there; empty to accept what comes
 */
public record PluginRequest(PluginKind kind, String name, String file, List<String> functions) {
    public PluginRequest {
        functions = List.copyOf(functions);
    }
}
