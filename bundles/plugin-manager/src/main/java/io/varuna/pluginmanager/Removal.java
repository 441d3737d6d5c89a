package io.varuna.pluginmanager;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.api.manage.PluginChange;
import io.varuna.api.manage.RuleEffect;
import io.varuna.api.manage.RuleReaction;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.Version;

/**
 * What the removal of a plugin takes away.
 *
 * @param bundle the version of the plugin that is in use
 * @param own the versions of it that came through us; empty if it came otherwise
 */
record Removal(Bundle bundle, List<WantedPlugin> own, Bundles bundles, Users users) {
    String plugin() {
        return ServiceKinds.pluginName(bundle.getSymbolicName());
    }

    private Set<String> versions() {
        Set<String> versions = new LinkedHashSet<>();
        if (own.isEmpty()) {
            versions.add(BundleFile.plain(bundle.getVersion()));
        }
        own.forEach(plugin -> versions.add(BundleFile.plain(Version.parseVersion(plugin.version()))));
        return versions;
    }

    /** Returns what it does, or would do. */
    PluginChange change() {
        String left = bundles.all().stream()
                .filter(other ->
                        bundle.getSymbolicName().equals(other.getSymbolicName()) && other.getState() == Bundle.ACTIVE)
                .map(other -> BundleFile.plain(other.getVersion()))
                .filter(version -> !versions().contains(version))
                .findFirst()
                .orElse("");
        return new PluginChange(
                plugin(),
                BundleFile.plain(bundle.getVersion()),
                left,
                users.previewRemoval(plugin(), versions()),
                own.isEmpty() ? bundles.wiredTo(bundle) : List.of(),
                bundles.stuck().contains(bundle)
                        ? List.of("It has not come back from its start or stop. It goes when it does, or with the next"
                                + " start of the container")
                        : List.of());
    }

    /** Fails if rules would have to wait, naming them. */
    void checkUnused() {
        List<String> waiting = users.previewRemoval(plugin(), versions()).stream()
                .filter(effect -> effect.reaction() == RuleReaction.WAIT)
                .map(RuleEffect::rule)
                .toList();
        if (!waiting.isEmpty()) {
            boolean one = waiting.size() == 1;
            Stream<String> named = waiting.stream().limit(10).map(rule -> "'" + rule + "'");
            throw new VarunaException(
                    StandardError.PLUGIN_IN_USE,
                    "Plugin '" + plugin() + "' " + String.join(", ", versions()) + " is used by "
                            + (one ? "rule " : waiting.size() + " rules: ")
                            + String.join(", ", named.toList()) + (waiting.size() > 10 ? ", ..." : "")
                            + (one
                                    ? ", which would wait until it is back. Remove it by force, or stop the rule first"
                                    : ". They would wait until it is back. Remove it by force, or stop them first"));
        }
    }
}
