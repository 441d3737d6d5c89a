package io.varuna.sql.parser;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The parts of a CREATE statement. */
public sealed interface Declaration {
    /** Returns where it is written. */
    Place place();

    /** A name, without its quotes. */
    record Name(String text, Place place) implements Declaration {}

    /** A column, or a member of a struct. */
    record Column(Name name, Type type, @Nullable Value defaultValue) implements Declaration {
        @Override
        public Place place() {
            return name.place();
        }
    }

    /** A WITH option. */
    record Option(Name name, Value value) implements Declaration {
        @Override
        public Place place() {
            return name.place();
        }
    }

    /**
     * A literal.
     *
     * @param value a text, a boolean, a {@link java.math.BigDecimal}, or null for NULL
     */
    record Value(@Nullable Object value, Place place) implements Declaration {}

    /**
     * A type.
     *
     * @param name as written
     * @param element the type of the elements if the type is an array, otherwise null
     * @param members the members if the type is a struct, otherwise null
     */
    record Type(Name name, @Nullable Type element, @Nullable List<Column> members) implements Declaration {
        @Override
        public Place place() {
            return name.place();
        }
    }
}
