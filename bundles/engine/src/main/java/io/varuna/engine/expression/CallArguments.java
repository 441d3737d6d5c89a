package io.varuna.engine.expression;

import io.varuna.api.function.Args;
import io.varuna.api.function.FunctionContext;
import org.jspecify.annotations.Nullable;

/** The arguments of one place where a function is called; used again for every row. */
public final class CallArguments implements Args {
    private final FunctionContext context;
    private @Nullable Object[] values;

    public CallArguments(int size, FunctionContext context) {
        this.values = new @Nullable Object[size];
        this.context = context;
    }

    public void set(int index, @Nullable Object value) {
        values[index] = value;
    }

    /** Shows the given values from now on. */
    public CallArguments show(@Nullable Object[] given) {
        values = given;
        return this;
    }

    @Override
    public int size() {
        return values.length;
    }

    @Override
    public @Nullable Object get(int index) {
        return values[index];
    }

    @Override
    public FunctionContext context() {
        return context;
    }
}
