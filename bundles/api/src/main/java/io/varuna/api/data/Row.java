package io.varuna.api.data;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * One record. Read-only, and valid only during the call that handed it over: an implementation may reuse the object, so
 * keep a {@link #copy()}, not the row.
 */
@ProviderType
public interface Row {
    Schema schema();

    /** Returns the value at {@code column}, or null where it is NULL or the record does not have the column. */
    @Nullable
    Object get(int column);

    /** Tells whether the record has the column, be its value NULL. */
    boolean isPresent(int column);

    default boolean isNull(int column) {
        return get(column) == null;
    }

    /** Returns the event time, or the time of arrival where the stream declares none. */
    Instant timestamp();

    /** Returns a row that stays valid. */
    Row copy();

    /** Returns the columns that the record has, in order; nested values are shared. */
    default Map<String, @Nullable Object> toMap() {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (int i = 0; i < schema().size(); i++) {
            if (isPresent(i)) {
                map.put(schema().columns().get(i).name(), get(i));
            }
        }
        return map;
    }
}
