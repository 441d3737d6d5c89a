package io.varuna.plugin.functions.array;

import io.varuna.api.data.Conversions;
import io.varuna.api.data.Values;
import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The order of elements, and arguments that do not fit. */
final class Elements {
    private Elements() {}

    /** Returns the element that comes last, or first if {@code sign} is -1. */
    static @Nullable Object extreme(String function, List<?> array, int sign) {
        Object best = null;
        for (Object element : array) {
            if (element == null) {
                continue;
            }
            if (best != null && !Values.comparable(best, element)) {
                throw problem("'" + function + "' takes elements of one kind, not " + Conversions.describe(best)
                        + " and " + Conversions.describe(element));
            }
            if (best == null || Values.compare(element, best) * sign > 0) {
                best = element;
            }
        }
        return best;
    }

    static List<@Nullable Object> sorted(List<?> array) {
        List<Object> values = new ArrayList<>();
        for (Object element : array) {
            if (element != null) {
                values.add(element);
            }
        }
        boolean comparable = values.stream().allMatch(value -> Values.comparable(values.get(0), value));
        values.sort(comparable ? Values::compare : Comparator.comparing(Conversions::toText));
        List<@Nullable Object> sorted = new ArrayList<>(values);
        while (sorted.size() < array.size()) {
            sorted.add(null);
        }
        return sorted;
    }

    static long whole(String function, String parameter, @Nullable Object value) {
        if (value instanceof Number number && Conversions.isWhole(value)) {
            return number.longValue();
        }
        throw misfit(function, parameter, "a whole number", value);
    }

    static VarunaException misfit(String function, String parameter, String takes, @Nullable Object value) {
        return problem("Argument '" + parameter + "' of '" + function + "' takes " + takes + ", not "
                + Conversions.describe(value));
    }

    static VarunaException problem(String message) {
        return new VarunaException(StandardError.EVALUATION_FAILED, message);
    }
}
