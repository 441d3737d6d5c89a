package io.varuna.plugin.functions.aggregate;

import io.varuna.api.function.GroupedStates;
import org.jspecify.annotations.Nullable;

/** Adds numbers. */
final class Sum extends Summation {
    Sum() {
        super("sum");
    }

    @Override
    public GroupedStates<ExactSum> grouped() {
        return new ExactSums(false);
    }

    @Override
    public @Nullable Object result(ExactSum sum) {
        return sum.result();
    }
}
