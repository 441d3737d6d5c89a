package io.varuna.plugin.functions.math;

import io.varuna.api.data.Conversions;
import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Checks numbers that are given, and numbers that are returned. */
final class Numbers {
    private Numbers() {}

    static Number argument(String function, String parameter, @Nullable Object value) {
        if (value instanceof Number number) {
            return number;
        }
        throw problem("Argument '" + parameter + "' of '" + function + "' takes a number, not "
                + Conversions.describe(value));
    }

    static long whole(String function, String parameter, @Nullable Object value) {
        Number number = argument(function, parameter, value);
        if (!Conversions.isWhole(number)) {
            throw problem("Argument '" + parameter + "' of '" + function + "' takes a whole number, not "
                    + Conversions.describe(value));
        }
        return number.longValue();
    }

    static double positive(String function, String parameter, double number) {
        if (number > 0) {
            return number;
        }
        throw problem("Argument '" + parameter + "' of '" + function + "' takes a number above 0, not '"
                + Conversions.toText(number) + "'");
    }

    /** Returns the result, or says for which arguments there is none. */
    static double finite(String function, double result, double... arguments) {
        if (Double.isFinite(result)) {
            return result;
        }
        String list = Arrays.stream(arguments).mapToObj(Conversions::toText).collect(Collectors.joining(", "));
        throw problem("'" + function + "(" + list + ")' is not a number that FLOAT can hold");
    }

    static VarunaException problem(String message) {
        return new VarunaException(StandardError.EVALUATION_FAILED, message);
    }
}
