package io.varuna.runtime.store;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.api.manage.KeyedStateService;
import io.varuna.engine.state.StateInput;
import io.varuna.engine.state.StateOutput;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStoreException;
import org.jspecify.annotations.Nullable;

/** Values by key that all rules share, in a file of their own. */
public final class KeyedStateStore implements KeyedStateService, AutoCloseable {
    private static final int LONGEST_KEY = 4_096;

    private final StoreFile file;
    private final MVMap<String, byte[]> map;

    private KeyedStateStore(StoreFile file) {
        this.file = file;
        this.map = file.map("keyedstate");
    }

    /** Opens the store in a directory, which is made if it is not there. */
    public static KeyedStateStore open(Path directory) {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new VarunaException(
                    StoreError.STORE_UNUSABLE,
                    "The directory '" + directory + "' of the keyed state cannot be made: " + e.getMessage()
                            + ". Correct VARUNA_STORE, or the rights of the directory above it",
                    e);
        }
        return new KeyedStateStore(StoreFile.open(directory.resolve("keyed.mv")));
    }

    @Override
    public List<String> keys() {
        return new ArrayList<>(map.keyList());
    }

    @Override
    public Optional<Object> get(String key) {
        byte[] bytes = map.get(key);
        return bytes == null ? Optional.empty() : Optional.ofNullable(new StateInput(bytes).getValue());
    }

    @Override
    public synchronized void put(Map<String, ? extends @Nullable Object> values) {
        for (String key : values.keySet()) {
            if (key.isEmpty() || key.length() > LONGEST_KEY) {
                throw new VarunaException(
                        StandardError.INVALID_PROPERTY,
                        "A key of the keyed state has 1 to " + LONGEST_KEY + " characters, not " + key.length());
            }
        }
        change(() -> values.forEach((key, value) -> {
            if (value == null) {
                map.remove(key);
            } else {
                map.put(key, bytes(value));
            }
        }));
    }

    @Override
    public synchronized boolean remove(String key) {
        boolean there = map.containsKey(key);
        if (there) {
            change(() -> map.remove(key));
        }
        return there;
    }

    private void change(Runnable change) {
        try {
            change.run();
            file.commit();
        } catch (MVStoreException e) {
            throw new VarunaException(
                    StoreError.STORE_WRITE_FAILED,
                    "The keyed state could not be stored: " + e.getMessage() + ". Look for a full or broken disk",
                    e);
        }
    }

    private static byte[] bytes(Object value) {
        // whole numbers of JSON may be larger than any that a column holds
        Object kept = value instanceof BigInteger number ? (Object) number.doubleValue() : value;
        return new StateOutput().putValue(kept).toBytes();
    }

    @Override
    public void close() {
        file.close();
    }
}
