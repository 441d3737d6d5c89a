package io.varuna.engine.expression;

import io.varuna.api.function.ScalarFunction;
import org.jspecify.annotations.Nullable;

/** Calls a scalar function. */
final class ScalarCall extends Evaluator {
    private final Binding binding;
    private final Evaluator[] arguments;
    private final CallArguments values;

    private ScalarCall(Binding binding, Evaluator[] arguments, Surroundings surroundings) {
        this.binding = binding;
        this.arguments = arguments;
        this.values = new CallArguments(arguments.length, surroundings);
    }

    static Evaluator of(Binding binding, Evaluator[] arguments, Surroundings surroundings) {
        ScalarCall call = new ScalarCall(binding, arguments, surroundings);
        binding.as(ScalarFunction.class);
        return call;
    }

    @Override
    public @Nullable Object value(@Nullable Object[] row, long time) throws Exception {
        boolean calledOnNull = binding.function().definition().calledOnNull();
        for (int i = 0; i < arguments.length; i++) {
            Object value = arguments[i].value(row, time);
            if (value == null && !calledOnNull) {
                return null;
            }
            values.set(i, value);
        }
        Object result = binding.as(ScalarFunction.class).apply(values);
        return result instanceof Integer number ? (Object) number.longValue() : result;
    }
}
