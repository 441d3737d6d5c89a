package io.varuna.api.manage;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Files that users have sent for sources, plugins and certificates, all in one directory. Thread-safe; failures are {@code
 * VarunaException}s.
 */
@ProviderType
public interface UploadService {
    /** Returns the files, with absolute paths, in the order of their names. */
    List<Path> list();

    /** Returns how large a file may be, in bytes. */
    long mostBytes();

    /**
     * Keeps a file, in place of one that has its name: wholly, or not at all.
     *
     * @param name of letters, digits, dots, minus and underline; it does not begin with a dot
     * @param content read as far as needed, not closed
     * @return its absolute path
     */
    Path put(String name, InputStream content);

    /** Removes a file; returns whether it was there. */
    boolean remove(String name);
}
