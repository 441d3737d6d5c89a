package io.varuna.testkit.manage;

import io.varuna.api.manage.KeyedStateService;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keyed state that is forgotten with the test; values are listed in the order in which they were put. */
public final class MemoryKeyedState implements KeyedStateService {
    private final Map<String, Object> values = new LinkedHashMap<>();

    @Override
    public synchronized List<String> keys() {
        return values.keySet().stream().sorted().toList();
    }

    @Override
    public synchronized Optional<Object> get(String key) {
        return Optional.ofNullable(values.get(key));
    }

    @Override
    public synchronized void put(Map<String, ? extends @Nullable Object> given) {
        given.forEach((key, value) -> {
            values.remove(key);
            if (value != null) {
                values.put(key, value);
            }
        });
    }

    @Override
    public synchronized boolean remove(String key) {
        return values.remove(key) != null;
    }

    /** Returns the values, the one that was put last at the end. */
    public synchronized List<Object> values() {
        return List.copyOf(values.values());
    }
}
