package io.varuna.api.manage;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Values by key that all rules share and that survive a restart. The function {@code get_keyed_state} reads them; the sink
 * {@code keyedstate}, REST and the shell write them. A value is one that a column can have. Thread-safe.
 */
@ProviderType
public interface KeyedStateService {
    /** Returns the keys, in ascending order. */
    List<String> keys();

    /** Returns the value of a key; never blocks for long, as rules ask for each row. */
    Optional<Object> get(String key);

    /** Sets values, and removes the keys whose value is null: all of them, durable when it returns. */
    void put(Map<String, ? extends @Nullable Object> values);

    /** Removes a key; returns whether it was there. */
    boolean remove(String key);
}
