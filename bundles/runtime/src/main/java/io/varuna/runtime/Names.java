package io.varuna.runtime;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import java.util.regex.Pattern;

/** The rule for names of streams, tables and rules. */
public final class Names {
    private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9_-]+");
    private static final int LONGEST = 200;

    private Names() {}

    /**
     * Fails with INVALID_NAME for a name that is not allowed.
     *
     * @param what is named, such as "rule"
     */
    public static void check(String what, String name) {
        if (!ALLOWED.matcher(name).matches()) {
            throw new VarunaException(
                    StandardError.INVALID_NAME,
                    "'" + name + "' cannot be the name of a " + what
                            + ": only the letters A to Z, digits, '_' and '-' are allowed");
        }
        if (name.length() > LONGEST) {
            throw new VarunaException(
                    StandardError.INVALID_NAME,
                    "The name of the " + what + " has " + name.length() + " letters; at most " + LONGEST
                            + " are allowed");
        }
    }
}
