package io.varuna.plugin.functions.aggregate;

import io.varuna.api.function.AggregateFunction;
import io.varuna.api.function.Args;
import org.jspecify.annotations.Nullable;

/** An aggregate that keeps all numbers of its first argument; NULL is none of them, and NULL is what it returns without any. */
abstract class NumbersAggregate<N extends NumberList> implements AggregateFunction<N> {
    /** Returns the result of at least one number. */
    abstract Number of(N numbers);

    @Override
    public final void retract(N numbers, Args args) {
        if (!args.isNull(0)) {
            numbers.removeOldest();
        }
    }

    @Override
    public final boolean retracts() {
        return true;
    }

    @Override
    public final boolean keepsRows() {
        return true;
    }

    @Override
    public final @Nullable Object result(N numbers) {
        return numbers.isEmpty() ? null : of(numbers);
    }
}
