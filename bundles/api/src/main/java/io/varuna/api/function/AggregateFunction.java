package io.varuna.api.function;

import io.varuna.api.state.State;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Folds the rows of a group or window into one value. Shared by all groups, so without state of its own.
 *
 * <p>Law: {@code result} after {@code add}ing some rows to one accumulator and others to another and {@code merge}ing the
 * second into the first equals {@code result} after adding all of them, in order, to one. After {@code add} and {@code
 * retract} of a row, an accumulator equals the one before.
 *
 * @param <A> what is known about the rows so far
 */
@ConsumerType
public interface AggregateFunction<A extends State> {
    A create();

    void add(A accumulator, Args args) throws Exception;

    /** Adds everything {@code other} holds, as rows that came later. Lets windows share panes. */
    void merge(A accumulator, A other) throws Exception;

    /** Returns the value, leaving the accumulator fit for more. */
    @Nullable
    Object result(A accumulator) throws Exception;

    /** Takes back the oldest {@code add}. Saves recomputing a sliding window; see {@link #retracts()}. */
    default void retract(A accumulator, Args args) throws Exception {
        throw new UnsupportedOperationException("retract");
    }

    default boolean retracts() {
        return false;
    }

    /**
     * Tells whether {@link #retract} takes back any earlier {@code add}, not just the oldest, and the order of rows never changes
     * the result, as that of a sum. Saves recomputing distinct values of a sliding window.
     */
    default boolean retractsAny() {
        return false;
    }

    /**
     * Tells whether an accumulator may grow with every row, as that of a median. Such a function is refused where rows never
     * leave, as in {@code OVER (ORDER BY ts)}.
     */
    default boolean keepsRows() {
        return false;
    }
}
