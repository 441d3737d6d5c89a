package io.varuna.api.manage;

import java.util.List;
import java.util.Locale;

/**
 * A wish to install a plugin.
 *
 * @param name the name of the source, sink or function library
 * @param file an http, https or file address of a zip, jar or KAR; a Maven coordinate {@code mvn:group/artifact/version}; the
 *     address of an {@link AvailablePlugin}; empty for what is best in the catalogues
 * @param functions for kind FUNCTION, the functions that must be there; empty to accept what comes
 * @param sha256 what the file must have, in hexadecimal; empty to accept what comes
 */
public record PluginRequest(PluginKind kind, String name, String file, List<String> functions, String sha256) {
    public PluginRequest {
        functions = List.copyOf(functions);
        sha256 = sha256.strip().toLowerCase(Locale.ROOT);
    }

    /** Makes a request that accepts whatever content is there. */
    public PluginRequest(PluginKind kind, String name, String file, List<String> functions) {
        this(kind, name, file, functions, "");
    }
}
