package io.varuna.plugin.functions.string;

import io.varuna.api.data.Conversions;
import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Arguments as texts and whole numbers. */
final class Texts {
    private Texts() {}

    /** Returns the text of a value that is not NULL. */
    static String of(@Nullable Object value) {
        return Conversions.toText(Objects.requireNonNull(value));
    }

    static long whole(String function, String parameter, @Nullable Object value) {
        if (value instanceof Number number && Conversions.isWhole(value)) {
            return number.longValue();
        }
        throw new VarunaException(
                StandardError.EVALUATION_FAILED,
                "Argument '" + parameter + "' of '" + function + "' takes a whole number, not "
                        + Conversions.describe(value));
    }

    /** Splits at each separator, keeping empty parts; an empty separator splits between all characters. */
    static List<String> split(String text, String separator) {
        if (separator.isEmpty()) {
            return text.codePoints().mapToObj(Character::toString).toList();
        }
        List<String> parts = new ArrayList<>();
        int start = 0;
        int end = text.indexOf(separator);
        while (end >= 0) {
            parts.add(text.substring(start, end));
            start = end + separator.length();
            end = text.indexOf(separator, start);
        }
        parts.add(text.substring(start));
        return parts;
    }
}
