package io.varuna.api.function;

import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** The arguments of one call. Valid during the call only. */
@ProviderType
public interface Args {
    /** Returns how many arguments the call has. */
    int size();

    @Nullable
    Object get(int index);

    default boolean isNull(int index) {
        return get(index) == null;
    }

    FunctionContext context();
}
