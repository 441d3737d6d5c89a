package io.varuna.pluginmanager;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes the errors of this bundle. */
final class Rejection {
    private Rejection() {}

    /** The file is not a plugin that can be installed. */
    static VarunaException of(String message) {
        return of(message, null);
    }

    static VarunaException of(String message, @Nullable Throwable cause) {
        return new VarunaException(StandardError.PLUGIN_REJECTED, message, cause);
    }

    /** What is to outlive the container cannot be written. */
    static VarunaException store(Path file, IOException cause) {
        String reason = cause instanceof FileSystemException failure
                ? Objects.requireNonNullElse(
                        failure.getReason(), failure.getClass().getSimpleName())
                : String.valueOf(cause.getMessage());
        return new VarunaException(
                StandardError.DOWNLOAD_FAILED,
                "'" + file + "' cannot be written: " + reason
                        + ". Nothing has changed. See that there is room, and that" + " Varuna may write there",
                cause);
    }

    /** The file could not be fetched. */
    static VarunaException download(String message, @Nullable Throwable cause) {
        return new VarunaException(StandardError.DOWNLOAD_FAILED, message, cause);
    }
}
