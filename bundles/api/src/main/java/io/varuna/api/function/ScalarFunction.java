package io.varuna.api.function;

import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ConsumerType;

/** Maps the arguments of one call to one value. Shared by all calls and threads, so without state. */
@ConsumerType
@FunctionalInterface
public interface ScalarFunction {
    /** Returns the value, or null for NULL. A throw costs the row, not the rule. */
    @Nullable
    Object apply(Args args) throws Exception;
}
