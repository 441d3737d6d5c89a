package io.varuna.api.lookup;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ConsumerType;

/** Finds rows by key. May block; called by one thread at a time, and cached by the engine as the table says. */
@ConsumerType
@FunctionalInterface
public interface LookupSource extends AutoCloseable {
    /** Returns the matching rows by column name; empty if there is none. The key has no nulls. */
    List<Map<String, @Nullable Object>> lookup(List<Object> key) throws Exception;

    @Override
    default void close() throws Exception {}
}
