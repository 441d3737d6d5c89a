package io.varuna.pluginmanager;

import io.varuna.api.manage.PropertyProfile;
import java.util.List;

/**
 * A plugin that was installed through us.
 *
 * @param source where it was fetched from
 * @param signer who signed it; empty if nobody did, or signatures were not looked at
 * @param bundles what was installed for it, the plugin itself first
 * @param profiles what came with it
 */
record WantedPlugin(
        Offer offer,
        String source,
        String signer,
        List<WantedBundle> bundles,
        List<PropertyProfile> profiles,
        Role role) {
    /** What it is good for. */
    enum Role {
        /** It is installed, and the version that rules use. */
        ACTIVE,
        /** It is installed beside another version, for rules that ask for it. */
        BESIDE,
        /** It is not installed: its files are kept to return to. */
        KEPT
    }

    /** One file of it. */
    record WantedBundle(String symbolicName, String version, String sha256) {
        String fileName() {
            return symbolicName + "-" + version + ".jar";
        }
    }

    WantedPlugin {
        bundles = List.copyOf(bundles);
        profiles = List.copyOf(profiles);
    }

    WantedPlugin as(Role other) {
        return new WantedPlugin(offer, source, signer, bundles, profiles, other);
    }

    boolean isInstalled() {
        return role != Role.KEPT;
    }

    /** Returns the symbolic name of the plugin itself. */
    String symbolicName() {
        return bundles.get(0).symbolicName();
    }

    /** Returns the version of the plugin itself. */
    String version() {
        return bundles.get(0).version();
    }

    boolean has(String symbolicName, String version) {
        return bundles.stream()
                .anyMatch(bundle -> bundle.symbolicName().equals(symbolicName)
                        && bundle.version().equals(version));
    }
}
