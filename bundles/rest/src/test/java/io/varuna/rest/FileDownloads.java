package io.varuna.rest;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.api.manage.DownloadService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/** Fetches files of this machine; what else may be fetched is tested where it is decided. */
final class FileDownloads implements DownloadService {
    @Override
    public void fetch(String address, Path target, long mostBytes) {
        Path file = Path.of(URI.create(address));
        try {
            if (!Files.isRegularFile(file)) {
                throw new VarunaException(StandardError.DOWNLOAD_FAILED, "There is no file '" + file + "'");
            }
            if (Files.size(file) > mostBytes) {
                throw new VarunaException(
                        StandardError.PLUGIN_REJECTED, "'" + address + "' is larger than " + mostBytes + " bytes");
            }
            Files.copy(file, target);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
