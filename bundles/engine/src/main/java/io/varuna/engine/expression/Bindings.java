package io.varuna.engine.expression;

import io.varuna.api.manage.PluginKind;
import io.varuna.engine.function.FunctionSlot;
import io.varuna.engine.function.FunctionTable;
import io.varuna.engine.function.ProvidedFunction;
import io.varuna.engine.plugin.PluginMissingException;
import io.varuna.engine.plugin.PluginUse;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The functions that a rule calls, as they are at the moment. They change between two batches only. */
public final class Bindings {
    private final FunctionTable functions;
    private final Map<String, Binding> bindings = new LinkedHashMap<>();
    private Map<String, String> versions;
    private long seen;

    /** Creates bindings; {@code versions} tells, by name of a plugin, the version that counts. */
    public Bindings(FunctionTable functions, Map<String, String> versions) {
        this.functions = functions;
        this.versions = versions;
        this.seen = functions.changes();
    }

    /** Returns the binding of a function; throws if there is no such function now. */
    public Binding bind(String name) {
        Binding known = bindings.get(name);
        if (known != null) {
            return known;
        }
        FunctionSlot slot = functions.slot(name);
        Binding binding = new Binding(slot, chosen(slot, versions));
        bindings.put(name, binding);
        return binding;
    }

    private static ProvidedFunction chosen(FunctionSlot slot, Map<String, String> versions) {
        ProvidedFunction function = slot.choose(versions);
        if (function == null) {
            throw new PluginMissingException(PluginKind.FUNCTION, slot.name(), List.of());
        }
        return function;
    }

    /** Tells whether some function is gone while another one has its name, so that {@link #renew} has to be called. */
    public boolean stale() {
        long changes = functions.changes();
        if (changes == seen) {
            return false;
        }
        seen = changes;
        return bindings.values().stream().anyMatch(binding -> binding.gone() && successor(binding) != null);
    }

    private @Nullable ProvidedFunction successor(Binding binding) {
        return binding.slot().choose(versions);
    }

    /** Takes others in the places of functions that are gone. Where there is none, whoever took it away stops the rule. */
    public void renew() {
        for (Binding binding : bindings.values()) {
            ProvidedFunction successor = binding.gone() ? successor(binding) : null;
            if (successor != null) {
                binding.bind(successor);
            }
        }
    }

    /** Tells whether other versions would be other functions. */
    public boolean differ(Map<String, String> others) {
        return bindings.values().stream()
                .anyMatch(binding -> chosen(binding.slot(), others).number()
                        != binding.function().number());
    }

    /** Binds to the functions of other versions; returns what they were, for {@link #restore}. */
    public Former move(Map<String, String> others) {
        Former former = new Former(
                versions, bindings.values().stream().map(Binding::function).toList());
        // all or none
        Map<Binding, ProvidedFunction> found = new LinkedHashMap<>();
        bindings.values().forEach(binding -> found.put(binding, chosen(binding.slot(), others)));
        found.forEach(Binding::bind);
        versions = others;
        return former;
    }

    /** Binds to the functions that were bound before. */
    public void restore(Former former) {
        int index = 0;
        for (Binding binding : bindings.values()) {
            binding.bind(former.functions.get(index++));
        }
        versions = former.versions;
    }

    /** The functions that were bound before a move. */
    public static final class Former {
        private final Map<String, String> versions;
        private final List<ProvidedFunction> functions;

        private Former(Map<String, String> versions, List<ProvidedFunction> functions) {
            this.versions = versions;
            this.functions = functions;
        }
    }

    /** Returns the functions of plugins that are called. */
    public Set<PluginUse> uses() {
        // each of them at some moment: the functions themselves are the same for as long as the rule runs
        Set<PluginUse> uses = new LinkedHashSet<>();
        for (Binding binding : bindings.values()) {
            ProvidedFunction function = binding.function();
            uses.add(new PluginUse(
                    PluginKind.FUNCTION, function.definition().name(), function.plugin(), function.version()));
        }
        return uses;
    }
}
