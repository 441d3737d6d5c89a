package io.varuna.engine.plugin;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;

/** What plugins throw. An error, such as a class that is missing, costs no more than an exception would: nobody else pays. */
public final class PluginFailure {
    private PluginFailure() {}

    /** Returns the failure as an exception. */
    public static Exception asException(Throwable failure) {
        if (failure instanceof Exception exception) {
            return exception;
        }
        return new VarunaException(StandardError.INTERNAL_ERROR, "A plugin broke down: " + failure, failure);
    }
}
