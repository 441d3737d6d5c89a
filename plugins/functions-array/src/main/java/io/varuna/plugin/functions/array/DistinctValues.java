package io.varuna.plugin.functions.array;

import io.varuna.api.data.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values without those that equal one before, in order. */
final class DistinctValues {
    private final Map<Object, @Nullable Object> values = new LinkedHashMap<>();

    DistinctValues(List<?> list) {
        addAll(list);
    }

    void addAll(List<?> list) {
        for (Object value : list) {
            Object key = Values.key(value);
            if (!values.containsKey(key)) {
                values.put(key, value);
            }
        }
    }

    boolean containsAny(List<?> list) {
        return list.stream().anyMatch(value -> values.containsKey(Values.key(value)));
    }

    DistinctValues retain(DistinctValues other) {
        values.keySet().retainAll(other.values.keySet());
        return this;
    }

    DistinctValues remove(DistinctValues other) {
        values.keySet().removeAll(other.values.keySet());
        return this;
    }

    List<@Nullable Object> toList() {
        return new ArrayList<>(values.values());
    }
}
