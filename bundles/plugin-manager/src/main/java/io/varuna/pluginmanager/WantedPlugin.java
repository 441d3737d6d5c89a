package io.varuna.pluginmanager;

import java.util.List;

/**
 * A plugin that was installed through us and stays until it is removed.
 *
 * @param source where it was fetched from
 * @param bundles what was installed for it, the plugin itself first
 */
record WantedPlugin(Offer offer, String source, List<WantedBundle> bundles) {
    /** One file of it. */
    record WantedBundle(String symbolicName, String version, String sha256) {
        String fileName() {
            return symbolicName + "-" + version + ".jar";
        }
    }

    WantedPlugin {
        bundles = List.copyOf(bundles);
    }
}
