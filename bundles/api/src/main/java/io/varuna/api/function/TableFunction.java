package io.varuna.api.function;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ConsumerType;

/** Maps one row to any number of rows, as {@code unnest} does. Shared, so without state. */
@ConsumerType
@FunctionalInterface
public interface TableFunction {
    /** Passes on the rows: a map is spread into columns, anything else becomes the column named as the call is. */
    void apply(Args args, Consumer<@Nullable Object> out) throws Exception;
}
