package io.varuna.pluginmanager;

import io.varuna.api.manage.PluginChange;
import io.varuna.api.manage.PluginKind;
import io.varuna.api.manage.PropertyProfile;
import io.varuna.api.manage.RuleEffect;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;

/**
 * A plugin that is to be installed.
 *
 * @param signer of its file
 * @param plugin the bundle of the plugin itself
 * @param old whose place it takes
 * @param all the plugin first, then what it needs
 * @param profiles the properties that its sources have under names
 * @param remarks sentences on what of the file is not used
 */
record Incoming(
        Offer offer,
        String source,
        String signer,
        BundleFile plugin,
        Optional<Bundle> old,
        List<BundleFile> all,
        List<PropertyProfile> profiles,
        List<String> remarks) {
    String name() {
        return ServiceKinds.pluginName(plugin.symbolicName());
    }

    String version() {
        return BundleFile.plain(plugin.version());
    }

    PluginChange change(List<RuleEffect> effects, List<String> clashes) {
        List<RuleEffect> inOrder =
                effects.stream().sorted(Comparator.comparing(RuleEffect::rule)).toList();
        String from = old.map(bundle -> BundleFile.plain(bundle.getVersion())).orElse("");
        // nobody else is wired to a plugin, and what it shares with others stays
        return new PluginChange(
                name(),
                from,
                version(),
                inOrder,
                List.of(),
                Stream.concat(remarks.stream(), clashes.stream()).toList());
    }

    /** Returns the names that it offers, with those of its functions that are known without asking it. */
    Map<PluginKind, List<String>> names(Collection<String> functions) {
        Map<PluginKind, List<String>> names = new EnumMap<>(PluginKind.class);
        for (Offer one : plugin.offers()) {
            // that of a library is no name that statements use
            if (one.kind() != PluginKind.FUNCTION) {
                names.computeIfAbsent(one.kind(), kind -> new ArrayList<>()).add(one.name());
            }
        }
        if (!functions.isEmpty()) {
            names.put(PluginKind.FUNCTION, List.copyOf(functions));
        }
        return names;
    }
}
