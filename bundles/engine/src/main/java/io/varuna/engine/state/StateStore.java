package io.varuna.engine.state;

import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/** Keeps the last checkpoint of each owner: a rule by its id, or a shared stream. Thread-safe; may block. */
@ConsumerType
public interface StateStore {
    /** Replaces what is kept; durable when it returns, and never half done. */
    void save(String owner, byte[] checkpoint);

    /** Returns what was saved last. */
    Optional<byte[]> load(String owner);

    void delete(String owner);
}
