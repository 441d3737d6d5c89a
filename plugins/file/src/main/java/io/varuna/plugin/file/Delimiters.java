package io.varuna.plugin.file;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;

/** Checks the character between two values. */
final class Delimiters {
    private Delimiters() {}

    static char check(String delimiter, String where) {
        if (delimiter.length() != 1 || "\"\r\n".contains(delimiter)) {
            throw new VarunaException(
                    StandardError.INVALID_PROPERTY,
                    where + " has 'delimiter' '" + delimiter
                            + "'. It takes one character that is no quote or line end");
        }
        return delimiter.charAt(0);
    }
}
