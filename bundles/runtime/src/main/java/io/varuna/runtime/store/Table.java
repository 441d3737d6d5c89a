package io.varuna.runtime.store;

import io.varuna.api.error.VarunaException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStoreException;

/** Values by name, on disk. A change is durable when the call returns. Thread-safe. */
public final class Table<V> {
    private final String name;
    private final MVMap<String, byte[]> map;
    private final Format<V> format;
    private final Runnable commit;

    /** How a value becomes bytes. Written first is a version, so that the form may change. */
    interface Format<V> {
        int version();

        void write(V value, DataOutputStream out) throws IOException;

        V read(int version, DataInputStream in) throws IOException;
    }

    Table(String name, MVMap<String, byte[]> map, Format<V> format, Runnable commit) {
        this.name = name;
        this.map = map;
        this.format = format;
        this.commit = commit;
    }

    /** Returns the names, in ascending order. */
    public List<String> names() {
        return new ArrayList<>(map.keyList());
    }

    public Optional<V> get(String key) {
        return Optional.ofNullable(map.get(key)).map(bytes -> decode(key, bytes));
    }

    public void put(String key, V value) {
        change(() -> map.put(key, encode(value)));
    }

    public void remove(String key) {
        change(() -> map.remove(key));
    }

    public boolean isEmpty() {
        return map.isEmpty();
    }

    private void change(Runnable change) {
        try {
            change.run();
            commit.run();
        } catch (MVStoreException e) {
            throw new VarunaException(
                    StoreError.STORE_WRITE_FAILED,
                    "The change could not be stored: " + e.getMessage() + ". Look for a full or broken disk",
                    e);
        }
    }

    private byte[] encode(V value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(format.version());
            format.write(value, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private V decode(String key, byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int version = in.readInt();
            if (version < 1 || version > format.version()) {
                throw new IOException("form " + version + " is not known; known are 1 to " + format.version());
            }
            return format.read(version, in);
        } catch (IOException e) {
            throw new VarunaException(
                    StoreError.STORE_UNUSABLE,
                    "Entry '" + key + "' of table '" + name + "' in the store cannot be read: " + e.getMessage(),
                    e);
        }
    }
}
