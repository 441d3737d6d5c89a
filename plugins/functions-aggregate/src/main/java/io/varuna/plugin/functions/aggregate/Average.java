package io.varuna.plugin.functions.aggregate;

import io.varuna.api.function.GroupedStates;
import org.jspecify.annotations.Nullable;

/** Returns the mean of numbers. */
final class Average extends Summation {
    Average() {
        super("avg");
    }

    @Override
    public GroupedStates<ExactSum> grouped() {
        return new ExactSums(true);
    }

    @Override
    public @Nullable Object result(ExactSum sum) {
        return sum.mean();
    }
}
