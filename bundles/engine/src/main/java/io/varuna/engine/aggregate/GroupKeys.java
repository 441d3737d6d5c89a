package io.varuna.engine.aggregate;

import io.varuna.engine.expression.Evaluator;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Computes what rows are grouped by. Numbers that are equal group together, be they whole or not; so do NULLs. */
public final class GroupKeys {
    private static final double EXACT = 1L << 53;

    private final Evaluator[] keys;

    public GroupKeys(Evaluator[] keys) {
        this.keys = keys;
    }

    /** Tells whether all rows are one group. */
    public boolean none() {
        return keys.length == 0;
    }

    public int size() {
        return keys.length;
    }

    /** Returns the values of the keys. */
    public @Nullable Object[] values(@Nullable Object[] row, long time) throws Exception {
        @Nullable Object[] values = new @Nullable Object[keys.length];
        for (int i = 0; i < keys.length; i++) {
            values[i] = keys[i].value(row, time);
        }
        return values;
    }

    /** Returns an object that is equal for equal values, to be a key in a map. */
    public static Object mapKey(@Nullable Object[] values) {
        if (values.length == 1) {
            return part(values[0]);
        }
        Object[] parts = new Object[values.length];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = part(values[i]);
        }
        return Arrays.asList(parts);
    }

    private static Object part(@Nullable Object value) {
        if (value == null) {
            return NoValue.NULL;
        }
        if (value instanceof Double number && number == Math.rint(number) && Math.abs(number) <= EXACT) {
            return number.longValue();
        }
        if (value instanceof byte[] bytes) {
            return ByteBuffer.wrap(bytes);
        }
        // not contains: a list that takes no null does not let itself be asked for it
        return value instanceof List<?> list && list.stream().anyMatch(Objects::isNull)
                ? List.copyOf(nulls(list))
                : value;
    }

    private static List<Object> nulls(List<?> list) {
        return list.stream().map(GroupKeys::part).toList();
    }

    private enum NoValue {
        NULL
    }
}
