package io.varuna.engine.function;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The place of one function name: whoever calls the function, asks the slot which one it is at the moment. Thread-safe. */
public final class FunctionSlot {
    private final String name;
    private final Comparator<ProvidedFunction> order;
    private final List<ProvidedFunction> candidates = new ArrayList<>();
    private volatile @Nullable ProvidedFunction current;

    FunctionSlot(String name, Comparator<ProvidedFunction> order) {
        this.name = name;
        this.order = order;
    }

    public String name() {
        return name;
    }

    /** Returns the function to call; null if there is none now. */
    public @Nullable ProvidedFunction current() {
        return current;
    }

    /**
     * Returns the function to call where versions are chosen; null if there is none.
     *
     * @param versions by name of a plugin, the version that counts; of others the highest does
     */
    public synchronized @Nullable ProvidedFunction choose(Map<String, String> versions) {
        return candidates.stream()
                .filter(candidate -> versions.getOrDefault(candidate.plugin(), candidate.version())
                        .equals(candidate.version()))
                .max(order)
                .orElse(null);
    }

    /** Tells whether a function is still there. */
    public synchronized boolean holds(ProvidedFunction function) {
        return candidates.stream().anyMatch(candidate -> candidate.number() == function.number());
    }

    synchronized void change(ProvidedFunction function, boolean added) {
        if (added) {
            candidates.add(function);
        } else {
            candidates.removeIf(candidate -> candidate.number() == function.number());
        }
        reorder();
    }

    synchronized void reorder() {
        current = candidates.stream().max(order).orElse(null);
    }
}
