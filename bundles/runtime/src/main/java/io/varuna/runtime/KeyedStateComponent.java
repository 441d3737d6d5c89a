package io.varuna.runtime;

import io.varuna.api.error.VarunaException;
import io.varuna.api.manage.KeyedStateService;
import io.varuna.runtime.store.KeyedStateStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the keyed state when somebody uses it: before the rules, whose plugins need it, and apart from their store. Where it
 * cannot be opened, the reason is logged, and told to whoever asks for a value; rules that do not ask run all the same.
 */
@Component
public final class KeyedStateComponent implements KeyedStateService {
    private static final Logger LOG = LoggerFactory.getLogger(KeyedStateComponent.class);

    private final @Nullable KeyedStateStore store;
    private final @Nullable VarunaException unusable;

    @Activate
    public KeyedStateComponent(BundleContext context) {
        this(RuntimeComponent.directory(context));
    }

    KeyedStateComponent(Path directory) {
        KeyedStateStore opened = null;
        VarunaException failure = null;
        try {
            opened = KeyedStateStore.open(directory);
        } catch (VarunaException e) {
            LOG.error("Values that rules share are not available: {}", e.getMessage());
            failure = e;
        }
        this.store = opened;
        this.unusable = failure;
    }

    private KeyedStateStore store() {
        if (store == null) {
            VarunaException reason = Objects.requireNonNull(unusable);
            throw new VarunaException(reason.code(), String.valueOf(reason.getMessage()), reason);
        }
        return store;
    }

    @Deactivate
    void close() {
        if (store != null) {
            store.close();
        }
    }

    @Override
    public List<String> keys() {
        return store().keys();
    }

    @Override
    public Optional<Object> get(String key) {
        return store().get(key);
    }

    @Override
    public void put(Map<String, ? extends @Nullable Object> values) {
        store().put(values);
    }

    @Override
    public boolean remove(String key) {
        return store().remove(key);
    }
}
