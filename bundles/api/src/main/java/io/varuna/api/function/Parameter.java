package io.varuna.api.function;

import io.varuna.api.data.DataType;

/**
 * A parameter of a function.
 *
 * @param type what is accepted: DOUBLE takes every number, ANY takes everything
 * @param number whether, of type ANY, only numbers are accepted
 * @param optional whether the argument may be left out; then so are all after it
 */
public record Parameter(String name, DataType type, boolean number, boolean optional) {
    /** Creates a parameter that must be given. */
    public static Parameter of(String name, DataType type) {
        return new Parameter(name, type, false, false);
    }

    /** Creates a parameter that takes whole and other numbers, and keeps them apart. */
    public static Parameter number(String name) {
        return new Parameter(name, DataType.ANY, true, false);
    }

    /** Returns the same parameter as one that may be left out. */
    public Parameter asOptional() {
        return new Parameter(name, type, number, true);
    }
}
