package io.varuna.runtime.store;

import io.varuna.api.error.VarunaException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The engine's store: a directory outside the container's bundle cache. Definitions and checkpoints are in files of their
 * own, so that writing many checkpoints never touches what people wrote. Thread-safe.
 */
public final class Store implements AutoCloseable {
    private final StoreFile definitions;
    private final StoreFile state;
    private final Table<StoredStream> streams;
    private final Table<StoredRule> rules;
    private final Table<StoredProfile> profiles;
    private final Table<StoredProfile> givenProfiles;
    private final CheckpointStore checkpoints;

    private Store(StoreFile definitions, StoreFile state) {
        this.definitions = definitions;
        this.state = state;
        this.streams = new Table<>("streams", definitions.map("streams"), StoreFormats.STREAM, definitions::commit);
        this.rules = new Table<>("rules", definitions.map("rules"), StoreFormats.RULE, definitions::commit);
        this.profiles = new Table<>("profiles", definitions.map("profiles"), StoreFormats.PROFILE, definitions::commit);
        this.givenProfiles = new Table<>(
                "given-profiles", definitions.map("given-profiles"), StoreFormats.PROFILE, definitions::commit);
        this.checkpoints = new CheckpointStore(state.map("checkpoints"), state::commit);
    }

    /** Opens the store in a directory, which is made if it is not there. */
    public static Store open(Path directory) {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new VarunaException(
                    StoreError.STORE_UNUSABLE,
                    "The directory '" + directory + "' of the store cannot be made: " + e.getMessage()
                            + ". Correct VARUNA_STORE, or the rights of the directory above it",
                    e);
        }
        StoreFile definitions = StoreFile.open(directory.resolve("definitions.mv"));
        try {
            return new Store(definitions, StoreFile.open(directory.resolve("state.mv")));
        } catch (RuntimeException e) {
            definitions.close();
            throw e;
        }
    }

    /** Returns the streams and tables. */
    public Table<StoredStream> streams() {
        return streams;
    }

    public Table<StoredRule> rules() {
        return rules;
    }

    /** Returns the profiles that plugins have brought. */
    public Table<StoredProfile> profiles() {
        return profiles;
    }

    /** Returns the profiles that were given by commands. */
    public Table<StoredProfile> givenProfiles() {
        return givenProfiles;
    }

    public CheckpointStore checkpoints() {
        return checkpoints;
    }

    @Override
    public void close() {
        definitions.close();
        state.close();
    }
}
