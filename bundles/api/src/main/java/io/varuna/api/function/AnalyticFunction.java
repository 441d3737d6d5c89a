package io.varuna.api.function;

import io.varuna.api.state.State;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Maps each row to a value, remembering rows before it, as {@code lag} does. Shared by all partitions, each of which has a
 * state.
 */
@ConsumerType
public interface AnalyticFunction<S extends State> {
    S create();

    /** Takes a row and returns its value. */
    @Nullable
    Object apply(S state, Args args) throws Exception;

    /** Returns the value for a row that the WHEN condition of the call left out: the last one, by default NULL. */
    @Nullable
    default Object skip(S state) {
        return null;
    }
}
