package io.varuna.api.data;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The type of a column.
 *
 * @param kind what the type is, apart from its parts
 * @param element the type of the elements of an array, otherwise null
 * @param fields the members of a struct, otherwise null
 */
public record DataType(Kind kind, @Nullable DataType element, @Nullable Schema fields) {
    /** The kinds of types, with the Java class in which a value arrives. */
    public enum Kind {
        BOOLEAN("boolean", Boolean.class),
        BIGINT("bigint", Long.class),
        DOUBLE("float", Double.class),
        VARCHAR("string", String.class),
        VARBINARY("bytea", byte[].class),
        TIMESTAMP("datetime", Instant.class),
        ARRAY("array", List.class),
        STRUCT("struct", Map.class),
        /** Not known until a value is seen: the column of a stream declared without columns. */
        ANY("any", Object.class);

        private final String ruleName;
        private final Class<?> javaClass;

        Kind(String ruleName, Class<?> javaClass) {
            this.ruleName = ruleName;
            this.javaClass = javaClass;
        }

        /** Returns the lower-case name of the type in the rule dialect. */
        public String ruleName() {
            return ruleName;
        }

        /** Returns the class of a value that is not null. */
        public Class<?> javaClass() {
            return javaClass;
        }
    }

    public static final DataType BOOLEAN = new DataType(Kind.BOOLEAN, null, null);
    public static final DataType BIGINT = new DataType(Kind.BIGINT, null, null);
    public static final DataType DOUBLE = new DataType(Kind.DOUBLE, null, null);
    public static final DataType VARCHAR = new DataType(Kind.VARCHAR, null, null);
    public static final DataType VARBINARY = new DataType(Kind.VARBINARY, null, null);
    public static final DataType TIMESTAMP = new DataType(Kind.TIMESTAMP, null, null);
    public static final DataType ANY = new DataType(Kind.ANY, null, null);

    public DataType {
        Objects.requireNonNull(kind, "kind");
        if ((kind == Kind.ARRAY) != (element != null)) {
            throw new IllegalArgumentException("An array, and nothing else, has an element type");
        }
        if ((kind == Kind.STRUCT) != (fields != null)) {
            throw new IllegalArgumentException("A struct, and nothing else, has fields");
        }
    }

    /** Returns the type of arrays of {@code element}; {@link #ANY} where the elements differ. */
    public static DataType array(DataType element) {
        return new DataType(Kind.ARRAY, element, null);
    }

    /** Returns the type of structs with {@code fields}; an open schema where the members are not known. */
    public static DataType struct(Schema fields) {
        return new DataType(Kind.STRUCT, null, fields);
    }

    /** Tells whether values are numbers, or may be. */
    public boolean isNumeric() {
        return kind == Kind.BIGINT || kind == Kind.DOUBLE || kind == Kind.ANY;
    }

    /** Returns the type as it is written in a statement of the rule dialect. */
    @Override
    public String toString() {
        if (element != null) {
            return "ARRAY(" + element + ")";
        }
        if (fields != null) {
            return "STRUCT" + fields;
        }
        return kind.ruleName().toUpperCase(java.util.Locale.ROOT);
    }
}
