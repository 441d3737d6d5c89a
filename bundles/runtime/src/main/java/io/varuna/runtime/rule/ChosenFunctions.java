package io.varuna.runtime.rule;

import io.varuna.api.function.FunctionDefinition;
import io.varuna.engine.function.FunctionTable;
import io.varuna.engine.function.ProvidedFunction;
import io.varuna.plan.Catalog;
import io.varuna.plan.StreamDefinition;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/**
 * What names stand for where versions of plugins are chosen.
 *
 * @param versions by name of a plugin, the version whose functions are taken
 */
record ChosenFunctions(Catalog streams, FunctionTable functions, Map<String, String> versions) implements Catalog {
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
        return functions.provided(name, versions).map(ProvidedFunction::definition);
    }

    @Override
    public Collection<String> functionNames() {
        return functions.names();
    }
}
