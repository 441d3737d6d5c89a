package io.varuna.api.manage;

import java.nio.file.Path;
import org.osgi.annotation.versioning.ProviderType;

/** Fetches files that requests name by their address. Thread-safe; failures are {@code VarunaException}s. */
@ProviderType
@FunctionalInterface
public interface DownloadService {
    /**
     * Writes what is at an address to a file. Addresses that plugins may not come from are refused: the caller cannot make
     * the container read its surroundings.
     *
     * @param address http, https or file
     * @param target that is not there yet; may be left behind incomplete if this fails
     * @param mostBytes that are fetched
     */
    void fetch(String address, Path target, long mostBytes);
}
