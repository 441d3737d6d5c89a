package io.varuna.runtime.rule;

import io.varuna.api.function.FunctionDefinition;
import io.varuna.api.manage.PluginKind;
import io.varuna.engine.function.ProvidedFunction;
import io.varuna.plan.Catalog;
import io.varuna.plan.StreamDefinition;
import io.varuna.runtime.plugin.Plugins;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/**
 * What names stand for where versions of plugins are chosen.
 *
 * @param versions by name of a plugin, the version whose functions are taken
 */
record ChosenFunctions(Catalog streams, Plugins plugins, Map<String, String> versions) implements Catalog {
    @Override
    public Optional<StreamDefinition> stream(String name) {
        return streams.stream(name);
    }

    @Override
    public Collection<String> streamNames() {
        return streams.streamNames();
    }

    @Override
    public Optional<FunctionDefinition> function(String name) {
        return plugins.functions().provided(name, versions).map(ProvidedFunction::definition);
    }

    @Override
    public Collection<String> functionNames() {
        return plugins.functions().names();
    }

    @Override
    public Optional<String> remedy(String function) {
        return plugins.functions()
                .provided(function, Map.of())
                .flatMap(this::otherVersion)
                .or(() -> plugins.remedies().of(PluginKind.FUNCTION, function));
    }

    /** Returns a sentence if a function is there, but not in the version that is chosen. */
    private Optional<String> otherVersion(ProvidedFunction there) {
        String plugin = there.plugin();
        String asked = versions.getOrDefault(plugin, "");
        if (asked.isEmpty()) {
            return Optional.empty();
        }
        String why = plugins.versions(plugin).contains(asked) ? "which does not have it" : "which is not here";
        return Optional.of("Plugin '" + plugin + "' " + there.version() + " has it, but version " + asked
                + " is asked for, " + why);
    }
}
