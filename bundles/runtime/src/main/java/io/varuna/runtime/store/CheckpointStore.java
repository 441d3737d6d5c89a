package io.varuna.runtime.store;

import io.varuna.api.error.VarunaException;
import io.varuna.engine.state.StateStore;
import java.util.Optional;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStoreException;

/** The last checkpoint of each rule and shared stream, on disk. */
public final class CheckpointStore implements StateStore {
    private final MVMap<String, byte[]> map;
    private final Runnable commit;

    CheckpointStore(MVMap<String, byte[]> map, Runnable commit) {
        this.map = map;
        this.commit = commit;
    }

    @Override
    public void save(String owner, byte[] checkpoint) {
        change(() -> map.put(owner, checkpoint), owner);
    }

    @Override
    public Optional<byte[]> load(String owner) {
        return Optional.ofNullable(map.get(owner));
    }

    @Override
    public void delete(String owner) {
        if (map.containsKey(owner)) {
            change(() -> map.remove(owner), owner);
        }
    }

    private void change(Runnable change, String owner) {
        try {
            change.run();
            commit.run();
        } catch (MVStoreException e) {
            throw new VarunaException(
                    StoreError.STORE_WRITE_FAILED,
                    "The state of '" + owner + "' could not be stored: " + e.getMessage()
                            + ". Look for a full or broken disk",
                    e);
        }
    }
}
