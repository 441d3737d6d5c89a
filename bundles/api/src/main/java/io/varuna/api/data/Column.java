package io.varuna.api.data;

import java.util.Objects;

/** A named, typed position in a {@link Schema}. */
public record Column(String name, DataType type) {
    public Column {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(type, "type");
    }

    @Override
    public String toString() {
        return name + " " + type;
    }
}
