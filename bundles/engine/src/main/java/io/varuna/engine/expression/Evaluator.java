package io.varuna.engine.expression;

import io.varuna.api.data.Conversions;
import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import org.jspecify.annotations.Nullable;

/**
 * An expression, ready to be evaluated. Belongs to one rule and is used by one thread at a time. A throw means that this row
 * cannot be evaluated.
 */
public abstract class Evaluator {
    /**
     * Returns the value for a row; null for NULL, also where the row does not have a column.
     *
     * @param time the timestamp of the row, in milliseconds since the epoch
     */
    public abstract @Nullable Object value(@Nullable Object[] row, long time) throws Exception;

    /** Tells whether the value is true; NULL is not. */
    public boolean holds(@Nullable Object[] row, long time) throws Exception {
        return isTrue(value(row, time));
    }

    static boolean isTrue(@Nullable Object value) {
        if (value instanceof Boolean bool) {
            return bool;
        }
        if (value == null) {
            return false;
        }
        throw failure("A condition must be true or false, not " + Conversions.describe(value));
    }

    static VarunaException failure(String message) {
        return new VarunaException(StandardError.EVALUATION_FAILED, message);
    }
}
