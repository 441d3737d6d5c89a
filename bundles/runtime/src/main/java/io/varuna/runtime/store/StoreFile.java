package io.varuna.runtime.store;

import io.varuna.api.error.VarunaException;
import java.nio.file.Path;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.StringDataType;

/** One file of the store. Says in words why it cannot be opened. */
final class StoreFile implements AutoCloseable {
    private static final String FORMAT = "format";
    /** Raise it when older engines must not open the file any more. */
    private static final int FORMAT_VERSION = 1;

    private final MVStore store;

    private StoreFile(MVStore store) {
        this.store = store;
    }

    static StoreFile open(Path path) {
        MVStore store = openStore(path);
        try {
            checkFormat(store, path);
        } catch (RuntimeException e) {
            store.closeImmediately();
            throw e;
        }
        return new StoreFile(store);
    }

    private static MVStore openStore(Path path) {
        try {
            // every change is committed by us: nothing is left for a background thread, whose commits are not forced to
            // disk
            MVStore store = new MVStore.Builder()
                    .fileName(path.toString())
                    .autoCommitDisabled()
                    .open();
            // a commit is on disk before the next begins, so what it replaced can be written over at once
            store.setRetentionTime(0);
            store.setVersionsToKeep(0);
            return store;
        } catch (MVStoreException e) {
            throw new VarunaException(StoreError.STORE_UNUSABLE, explain(path, e), e);
        }
    }

    private static String explain(Path path, MVStoreException e) {
        String store = "The store '" + path + "' ";
        return switch (e.getErrorCode()) {
            case DataUtils.ERROR_FILE_LOCKED -> store
                    + "is in use by another process. Stop that one, or give this one a directory of its own by"
                    + " VARUNA_STORE";
            case DataUtils.ERROR_FILE_CORRUPT -> store
                    + "is damaged: " + e.getMessage()
                    + ". Put back a copy of it, or move it away to start without what it holds";
            case DataUtils.ERROR_UNSUPPORTED_FORMAT -> store + "was written by a newer version, or is no store: "
                    + e.getMessage();
            default -> store + "cannot be opened: " + e.getMessage() + ". Check that the directory can be written";
        };
    }

    private static void checkFormat(MVStore store, Path path) {
        MVMap<String, byte[]> format = map(store, FORMAT);
        byte[] version = format.get(FORMAT);
        if (version == null) {
            format.put(FORMAT, new byte[] {FORMAT_VERSION});
            store.commit();
            return;
        }
        if (version[0] > FORMAT_VERSION) {
            throw new VarunaException(
                    StoreError.STORE_UNUSABLE,
                    "The store '" + path + "' was written by a newer version: its format is " + version[0]
                            + ", this version knows formats up to " + FORMAT_VERSION
                            + ". Start the newer version, or give this one another directory by"
                            + " VARUNA_STORE");
        }
    }

    private static MVMap<String, byte[]> map(MVStore store, String name) {
        return store.openMap(
                name,
                new MVMap.Builder<String, byte[]>()
                        .keyType(StringDataType.INSTANCE)
                        .valueType(ByteArrayDataType.INSTANCE));
    }

    MVMap<String, byte[]> map(String name) {
        return map(store, name);
    }

    /** Hands what was changed to the file system, and waits until the disk has it. */
    void commit() {
        store.commit();
        store.sync();
    }

    @Override
    public void close() {
        store.close();
    }
}
