package io.varuna.runtime;

import io.varuna.api.manage.KeyedStateService;
import io.varuna.runtime.store.KeyedStateStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/** Opens the keyed state when somebody uses it: before the rules, whose plugins need it, and apart from their store. */
@Component
public final class KeyedStateComponent implements KeyedStateService {
    private final KeyedStateStore store;

    @Activate
    public KeyedStateComponent(BundleContext context) {
        this.store = KeyedStateStore.open(RuntimeComponent.directory(context));
    }

    @Deactivate
    void close() {
        store.close();
    }

    @Override
    public List<String> keys() {
        return store.keys();
    }

    @Override
    public Optional<Object> get(String key) {
        return store.get(key);
    }

    @Override
    public void put(Map<String, ? extends @Nullable Object> values) {
        store.put(values);
    }

    @Override
    public boolean remove(String key) {
        return store.remove(key);
    }
}
