package io.varuna.plugin.functions.analytic;

import io.varuna.api.data.Conversions;
import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.api.function.Args;
import org.jspecify.annotations.Nullable;

/** Reads arguments, or says which one does not fit. */
final class Arguments {
    private Arguments() {}

    static boolean bool(Args args, int index, String function, String parameter) {
        if (args.get(index) instanceof Boolean bool) {
            return bool;
        }
        throw misfit(function, parameter, "TRUE or FALSE", args.get(index));
    }

    /** Reads a condition: NULL does not hold. */
    static boolean holds(Args args, int index, String function, String parameter) {
        return !args.isNull(index) && bool(args, index, function, parameter);
    }

    static VarunaException misfit(String function, String parameter, String takes, @Nullable Object value) {
        return new VarunaException(
                StandardError.EVALUATION_FAILED,
                "Argument '" + parameter + "' of '" + function + "' takes " + takes + ", not "
                        + Conversions.describe(value));
    }
}
