package io.varuna.rest;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.api.manage.DownloadService;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Fetches documents that requests name by their address. Thread-safe. */
final class Documents {
    private final DownloadService downloads;
    private final int limit;

    Documents(DownloadService downloads, int limit) {
        this.downloads = downloads;
        this.limit = limit;
    }

    /** Returns the text at a file, http or https address; fails as downloads do, or with INVALID_JSON if it is no text. */
    String fetch(String address) {
        return with(address, limit, file -> {
            try {
                return Files.readString(file);
            } catch (CharacterCodingException e) {
                throw new VarunaException(
                        StandardError.INVALID_JSON, "The document at '" + address + "' is not UTF-8 text.", e);
            }
        });
    }

    /** Fetches a file, hands it on, and removes it. */
    <T> T with(String address, long mostBytes, Reader<T> reader) {
        try {
            Path directory = Files.createTempDirectory("varuna-document");
            Path file = directory.resolve("document");
            try {
                downloads.fetch(address, file, mostBytes);
                return reader.read(file);
            } finally {
                Files.deleteIfExists(file);
                Files.deleteIfExists(directory);
            }
        } catch (IOException e) {
            throw new VarunaException(
                    StandardError.DOWNLOAD_FAILED,
                    "The document at '" + address + "' could not be kept: " + e + ".",
                    e);
        }
    }

    /** Reads a file that is gone afterwards. */
    @FunctionalInterface
    interface Reader<T> {
        T read(Path file) throws IOException;
    }
}
