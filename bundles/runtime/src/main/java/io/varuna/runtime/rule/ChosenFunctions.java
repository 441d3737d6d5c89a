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
        return plugins.remedies().of(PluginKind.FUNCTION, function);
    }
}
