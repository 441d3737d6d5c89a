package io.varuna.pluginmanager;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
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

    /** The file could not be fetched. */
    static VarunaException download(String message, @Nullable Throwable cause) {
        return new VarunaException(StandardError.DOWNLOAD_FAILED, message, cause);
    }
}
