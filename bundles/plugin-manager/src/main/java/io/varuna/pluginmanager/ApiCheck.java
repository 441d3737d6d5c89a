package io.varuna.pluginmanager;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.osgi.framework.Version;
import org.osgi.framework.VersionRange;

/** Compares what a plugin needs of the plugin interface with what this engine has. */
final class ApiCheck {
    private ApiCheck() {}

    /**
     * Returns why a plugin does not go with this engine, continuing a sentence that begins with the plugin; empty if it does.
     *
     * @param needs the ranges of versions, by package
     * @param here the packages that there are, with their versions
     */
    static Optional<String> obstacle(Map<String, String> needs, Map<String, Version> here) {
        return new TreeMap<>(needs)
                .entrySet().stream()
                        .flatMap(need -> obstacle(need.getKey(), need.getValue(), here).stream())
                        .findFirst();
    }

    private static Optional<String> obstacle(String name, String range, Map<String, Version> here) {
        Version version = here.get(name);
        if (version == null) {
            return Optional.of("needs '" + name + "' of the engine API, which this engine does not have");
        }
        try {
            VersionRange wanted = new VersionRange(range);
            return wanted.includes(version)
                    ? Optional.empty()
                    : Optional.of("needs engine API " + VersionText.unmet(wanted, version) + " (package '" + name
                            + "'); this is " + VersionText.brief(version));
        } catch (IllegalArgumentException e) {
            return Optional.of(
                    "imports '" + name + "' with the version '" + range + "', which is not a range such as [1.0,2)");
        }
    }
}
