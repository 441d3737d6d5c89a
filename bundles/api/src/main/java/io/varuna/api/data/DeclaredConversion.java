package io.varuna.api.data;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Brings decoded values to the types that a stream declares. */
enum DeclaredConversion {
    LENIENT {
        @Override
        boolean allows(@Nullable Object value, DataType.Kind kind) {
            return switch (kind) {
                case BIGINT -> Conversions.isWhole(value);
                case DOUBLE -> value instanceof Number;
                case VARCHAR -> value instanceof Number;
                case VARBINARY -> value instanceof String;
                case BOOLEAN, TIMESTAMP -> value instanceof Number || value instanceof String;
                case ARRAY, STRUCT, ANY -> false;
            };
        }
    },
    STRICT {
        @Override
        boolean allows(@Nullable Object value, DataType.Kind kind) {
            return switch (kind) {
                case BIGINT, DOUBLE -> value instanceof Number;
                case VARCHAR -> value instanceof byte[];
                case VARBINARY -> value instanceof String;
                case TIMESTAMP -> value instanceof Number || value instanceof String;
                case BOOLEAN, ARRAY, STRUCT, ANY -> false;
            };
        }
    };

    /** Tells whether a value that is not of the type already may be converted to it. */
    abstract boolean allows(@Nullable Object value, DataType.Kind kind);

    @Nullable
    Object convert(
            @Nullable Object value, DataType type, String column, Clock clock, @Nullable DateTimePattern pattern) {
        try {
            return convert(value, type, clock, pattern);
        } catch (Misfit e) {
            throw new VarunaException(
                    StandardError.MALFORMED_RECORD,
                    "Column '" + column + e.path + "' takes " + e.type + ", not " + Conversions.describe(e.value));
        }
    }

    private @Nullable Object convert(
            @Nullable Object value, DataType type, Clock clock, @Nullable DateTimePattern pattern) {
        DataType.Kind kind = type.kind();
        if (value == null) {
            if (this == LENIENT
                    || kind == DataType.Kind.ARRAY
                    || kind == DataType.Kind.STRUCT
                    || kind == DataType.Kind.ANY) {
                return null;
            }
            throw new Misfit(null, type);
        }
        if (type.element() != null && value instanceof List<?> list) {
            return list(list, type.element(), clock, pattern);
        }
        if (type.fields() != null && value instanceof Map<?, ?> map) {
            return struct(map, type.fields(), clock, pattern);
        }
        if (kind.javaClass().isInstance(value)) {
            return value;
        }
        if (!allows(value, kind)) {
            throw new Misfit(value, type);
        }
        try {
            return kind == DataType.Kind.TIMESTAMP
                    ? Conversions.toDateTime(value, clock, pattern).toInstant()
                    : Conversions.cast(value, kind, clock);
        } catch (VarunaException e) {
            throw new Misfit(value, type);
        }
    }

    private List<@Nullable Object> list(
            List<?> values, DataType element, Clock clock, @Nullable DateTimePattern pattern) {
        List<@Nullable Object> converted = new ArrayList<>(values.size());
        for (Object value : values) {
            try {
                converted.add(convert(value, element, clock, pattern));
            } catch (Misfit e) {
                throw e.within("[" + converted.size() + "]");
            }
        }
        return converted;
    }

    private Map<String, @Nullable Object> struct(
            Map<?, ?> members, Schema fields, Clock clock, @Nullable DateTimePattern pattern) {
        Map<String, @Nullable Object> converted = new LinkedHashMap<>();
        for (Column field : fields.columns()) {
            Object value = members.get(field.name());
            if (value != null || members.containsKey(field.name())) {
                try {
                    converted.put(field.name(), convert(value, field.type(), clock, pattern));
                } catch (Misfit e) {
                    throw e.within("." + field.name());
                }
            }
        }
        if (fields.open()) {
            members.forEach((name, value) -> converted.putIfAbsent(String.valueOf(name), value));
        }
        return converted;
    }

    /** Carries a value out of a nested one, gathering the path to it. Without a stack: it does not leave this class. */
    private static final class Misfit extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient @Nullable Object value;
        private final transient DataType type;
        private String path = "";

        Misfit(@Nullable Object value, DataType type) {
            super(null, null, false, false);
            this.value = value;
            this.type = type;
        }

        Misfit within(String step) {
            path = step + path;
            return this;
        }
    }
}
