package io.varuna.engine.expression;

import io.varuna.api.manage.PluginKind;
import io.varuna.engine.function.FunctionTable;
import io.varuna.engine.function.ProvidedFunction;
import io.varuna.engine.plugin.PluginMissingException;
import io.varuna.engine.plugin.PluginUse;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The functions that a rule calls, as they are at the moment. They change between two batches only. */
public final class Bindings {
    private final FunctionTable functions;
    private final Map<String, Binding> bindings = new LinkedHashMap<>();
    private long seen;

    public Bindings(FunctionTable functions) {
        this.functions = functions;
        this.seen = functions.changes();
    }

    /** Returns the binding of a function; throws if there is no such function now. */
    public Binding bind(String name) {
        Binding known = bindings.get(name);
        if (known != null) {
            return known;
        }
        ProvidedFunction function = functions.slot(name).current();
        if (function == null) {
            throw new PluginMissingException(PluginKind.FUNCTION, name, List.of());
        }
        Binding binding = new Binding(functions.slot(name), function);
        bindings.put(name, binding);
        return binding;
    }

    /** Tells whether some function is another one now, and {@link #renew} has to be called. */
    public boolean stale() {
        long changes = functions.changes();
        if (changes == seen) {
            return false;
        }
        seen = changes;
        return bindings.values().stream().anyMatch(Binding::stale);
    }

    /** Takes over the functions that there are now. One that is gone stays: whoever took it away stops the rule. */
    public void renew() {
        bindings.values().forEach(Binding::renew);
    }

    /** Returns the functions of plugins that are called. */
    public Set<PluginUse> uses() {
        Set<PluginUse> uses = new LinkedHashSet<>();
        for (Binding binding : bindings.values()) {
            ProvidedFunction function = binding.function();
            uses.add(new PluginUse(
                    PluginKind.FUNCTION, function.definition().name(), function.plugin(), function.version()));
        }
        return uses;
    }
}
