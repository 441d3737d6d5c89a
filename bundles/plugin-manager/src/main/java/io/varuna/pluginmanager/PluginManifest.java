package io.varuna.pluginmanager;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;

/** Tells by its manifest what a bundle is, as far as plugins are concerned. */
final class PluginManifest {
    private static final String INTERFACE = "io.varuna.api.";

    private PluginManifest() {}

    /** Tells whether a bundle is made for the engine, and not a part of it. */
    static boolean isPlugin(Bundle bundle) {
        return isPlugin(name -> bundle.getHeaders("").get(name));
    }

    /** Tells the same of what has certain headers. */
    static boolean isPlugin(Function<String, @Nullable String> headers) {
        String symbolicName = headers.apply("Bundle-SymbolicName");
        String imports = headers.apply("Import-Package");
        return symbolicName != null
                && imports != null
                && headers.apply("Fragment-Host") == null
                && ServiceKinds.canBePlugin(symbolicName)
                && ManifestHeader.parse(imports).stream()
                        .flatMap(clause -> clause.names().stream())
                        .anyMatch(name -> name.startsWith(INTERFACE));
    }
}
