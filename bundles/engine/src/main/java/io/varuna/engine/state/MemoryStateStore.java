package io.varuna.engine.state;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps checkpoints for as long as it lives. */
public final class MemoryStateStore implements StateStore {
    private final Map<String, byte[]> checkpoints = new ConcurrentHashMap<>();

    @Override
    public void save(String owner, byte[] checkpoint) {
        checkpoints.put(owner, checkpoint.clone());
    }

    @Override
    public Optional<byte[]> load(String owner) {
        return Optional.ofNullable(checkpoints.get(owner)).map(byte[]::clone);
    }

    @Override
    public void delete(String owner) {
        checkpoints.remove(owner);
    }
}
