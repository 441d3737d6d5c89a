package io.varuna.plugin.http;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import org.jspecify.annotations.Nullable;

/** Says which property does not fit, and what it takes. */
final class InvalidProperty {
    private InvalidProperty() {}

    static VarunaException of(String name, String takes, @Nullable Object given) {
        return new VarunaException(
                StandardError.INVALID_PROPERTY, "Property '" + name + "' takes " + takes + ", not '" + given + "'");
    }
}
