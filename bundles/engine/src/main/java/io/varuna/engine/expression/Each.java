package io.varuna.engine.expression;

import io.varuna.api.data.Conversions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A function of one argument, applied to each element of a list. */
final class Each extends Evaluator {
    private final Evaluator list;
    private final Evaluator function;

    private Each(Evaluator list, Evaluator function) {
        this.list = list;
        this.function = function;
    }

    static Evaluator of(Binding function, Evaluator list, Surroundings surroundings) {
        Evaluator[] element = {new ExpressionCompiler.ColumnValue(0)};
        return new Each(list, ScalarCall.of(function, element, surroundings));
    }

    @Override
    public @Nullable Object value(@Nullable Object[] row, long time) throws Exception {
        Object value = list.value(row, time);
        if (value == null) {
            return null;
        }
        if (!(value instanceof List<?> elements)) {
            throw failure("'array_map' takes a list, not " + Conversions.describe(value));
        }
        List<@Nullable Object> results = new ArrayList<>(elements.size());
        for (Object element : elements) {
            results.add(function.value(new @Nullable Object[] {element}, time));
        }
        return results;
    }
}
