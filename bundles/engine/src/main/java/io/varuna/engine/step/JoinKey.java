package io.varuna.engine.step;

import io.varuna.engine.expression.Evaluator;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a row is looked up by: an object for each part, equal to those of the values that the part is equal to, as long as both
 * are of one kind.
 */
final class JoinKey {
    private final @Nullable Object value;
    private final Kind[] kinds;

    private JoinKey(@Nullable Object value, Kind[] kinds) {
        this.value = value;
        this.kinds = kinds;
    }

    /** How values compare with others. */
    enum Kind {
        /** With anything, to no avail. */
        NULL,
        NUMBER,
        TEXT,
        BOOLEAN,
        TIME,
        /** Not by being equal objects. */
        OTHER
    }

    /** Returns the key of a row; null if it has none, as it cannot be evaluated, or compares with others in other ways. */
    static @Nullable JoinKey of(Evaluator[] parts, @Nullable Object[] row) {
        @Nullable Object[] values = new @Nullable Object[parts.length];
        Kind[] kinds = new Kind[parts.length];
        boolean anyNull = false;
        for (int i = 0; i < parts.length; i++) {
            try {
                // what keys are made of does not depend on the time
                values[i] = asEqual(parts[i].value(row, 0));
            } catch (Exception | Error e) {
                // whoever compares the row with another one learns of it
                return null;
            }
            kinds[i] = kindOf(values[i]);
            if (kinds[i] == Kind.OTHER) {
                return null;
            }
            anyNull |= kinds[i] == Kind.NULL;
        }
        if (anyNull) {
            return new JoinKey(null, kinds);
        }
        return new JoinKey(parts.length == 1 ? values[0] : Arrays.asList(values), kinds);
    }

    /** Returns what stands for all parts; null if one of them is NULL, which is equal to nothing. */
    @Nullable
    Object value() {
        return value;
    }

    /** Returns the kind of a part. */
    Kind kind(int part) {
        return kinds[part];
    }

    private static Kind kindOf(@Nullable Object value) {
        if (value == null) {
            return Kind.NULL;
        }
        if (value instanceof Number) {
            return Kind.NUMBER;
        }
        if (value instanceof String) {
            return Kind.TEXT;
        }
        if (value instanceof Boolean) {
            return Kind.BOOLEAN;
        }
        return value instanceof Instant ? Kind.TIME : Kind.OTHER;
    }

    /** Makes numbers that are equal equal objects, be they whole or not. */
    private static @Nullable Object asEqual(@Nullable Object value) {
        if (value instanceof Long || !(value instanceof Number number)) {
            return value;
        }
        if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return number.longValue();
        }
        double real = number.doubleValue();
        boolean whole = real == Math.rint(real) && real >= -0x1p63 && real < 0x1p63;
        return whole ? (Object) (long) real : (Object) real;
    }
}
