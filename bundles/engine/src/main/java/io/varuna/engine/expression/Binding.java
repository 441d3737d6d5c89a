package io.varuna.engine.expression;

import io.varuna.engine.function.FunctionSlot;
import io.varuna.engine.function.ProvidedFunction;

/** A function as a rule calls it at the moment. */
public final class Binding {
    private final FunctionSlot slot;
    private volatile ProvidedFunction function;

    Binding(FunctionSlot slot, ProvidedFunction function) {
        this.slot = slot;
        this.function = function;
    }

    public ProvidedFunction function() {
        return function;
    }

    /** Returns the function, which must be of the kind that the plan says. */
    public <T> T as(Class<T> kind) {
        Object implementation = function.implementation();
        if (kind.isInstance(implementation)) {
            return kind.cast(implementation);
        }
        throw Evaluator.failure("Function '" + slot.name() + "' of plugin '" + function.plugin() + "' "
                + function.version() + " is of another kind than the rule was compiled for: "
                + function.definition().kind());
    }

    FunctionSlot slot() {
        return slot;
    }

    /** Tells whether the function is gone. */
    boolean gone() {
        return !slot.holds(function);
    }

    void bind(ProvidedFunction other) {
        function = other;
    }
}
