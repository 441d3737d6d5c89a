package io.varuna.pluginmanager;

import java.util.Map;
import org.osgi.framework.Version;
import org.osgi.framework.VersionRange;

/**
 * Checks whether a bundle goes with this engine, before it is installed.
 *
 * @param exported the packages of the plugin interface, with their versions
 */
record ApiCheck(Map<String, Version> exported) {
    private static final String API = "io.varuna.api.";

    ApiCheck {
        exported = Map.copyOf(exported);
    }

    void check(BundleFile bundle) {
        bundle.imports().forEach((name, range) -> {
            if (name.startsWith(API)) {
                check(bundle, name, range);
            }
        });
    }

    private void check(BundleFile bundle, String name, String range) {
        String plugin = "Plugin " + BundleFile.title(bundle.symbolicName(), bundle.version());
        Version here = exported.get(name);
        if (here == null) {
            throw Rejection.of(plugin + " needs '" + name
                    + "' of the engine API, which this engine does not have. It was" + " made for another version");
        }
        VersionRange wanted = range(plugin, name, range);
        if (!wanted.includes(here)) {
            throw Rejection.of(plugin + " needs engine API " + VersionText.unmet(wanted, here) + " (package '" + name
                    + "'); this is " + VersionText.brief(here)
                    + ". Take a version of the plugin that was made for this engine");
        }
    }

    private static VersionRange range(String plugin, String name, String range) {
        try {
            return new VersionRange(range);
        } catch (IllegalArgumentException e) {
            throw Rejection.of(
                    plugin + " imports '" + name + "' with the version '" + range
                            + "', which is not a range such as [1.0,2)",
                    e);
        }
    }
}
