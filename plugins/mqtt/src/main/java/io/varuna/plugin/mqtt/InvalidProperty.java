package io.varuna.plugin.mqtt;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import org.jspecify.annotations.Nullable;

/** Words for a property whose value cannot be used. */
final class InvalidProperty {
    private InvalidProperty() {}

    /** Returns the exception to throw; {@code takes} says what the property takes. */
    static VarunaException of(String property, String takes, String value) {
        return of(property, takes + ", not '" + value + "'", (Throwable) null);
    }

    static VarunaException of(String property, String takes, @Nullable Throwable cause) {
        return new VarunaException(
                StandardError.INVALID_PROPERTY, "Property '" + property + "' of 'mqtt' takes " + takes, cause);
    }
}
