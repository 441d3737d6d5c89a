package io.varuna.engine.function;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The place of one function name: whoever calls the function, asks the slot which one it is at the moment. Thread-safe. */
public final class FunctionSlot {
    private final String name;
    private final List<ProvidedFunction> candidates = new ArrayList<>();
    private volatile @Nullable ProvidedFunction current;

    FunctionSlot(String name) {
        this.name = name;
    }

    public String name() {
        return name;
    }

    /** Returns the function to call; null if there is none now. */
    public @Nullable ProvidedFunction current() {
        return current;
    }

    synchronized void change(ProvidedFunction function, boolean added, Comparator<ProvidedFunction> order) {
        if (added) {
            candidates.add(function);
        } else {
            candidates.removeIf(candidate -> candidate.number() == function.number());
        }
        current = candidates.stream().max(order).orElse(null);
    }
}
