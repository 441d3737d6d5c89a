package io.varuna.plugin.functions.aggregate;

import io.varuna.api.data.Conversions;
import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.api.function.Args;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads arguments, or says which one does not fit. */
final class Arguments {
    private Arguments() {}

    static @Nullable Number number(Args args, int index, String function, String parameter) {
        Object value = args.get(index);
        if (value == null || value instanceof Number) {
            return (Number) value;
        }
        throw misfit(function, parameter, "a number", value);
    }

    static boolean bool(Args args, int index, String function, String parameter) {
        Object value = args.get(index);
        if (value instanceof Boolean bool) {
            return bool;
        }
        throw misfit(function, parameter, "TRUE or FALSE", value);
    }

    static @Nullable Map<?, ?> object(Args args, int index, String function, String parameter) {
        Object value = args.get(index);
        if (value == null || value instanceof Map) {
            return (Map<?, ?>) value;
        }
        throw misfit(function, parameter, "an object", value);
    }

    static VarunaException misfit(String function, String parameter, String takes, @Nullable Object value) {
        return new VarunaException(
                StandardError.EVALUATION_FAILED,
                "Argument '" + parameter + "' of '" + function + "' takes " + takes + ", not "
                        + Conversions.describe(value));
    }
}
