package io.varuna.api.codec;

import io.varuna.api.data.Schema;
import org.osgi.annotation.versioning.ProviderType;

/**
 * One row whose cells are read without an object for each: {@link #kind} says which method has the value of a cell, and the
 * others must not be called for it. Not thread-safe, and valid only during the call that hands it over.
 */
@ProviderType
public interface ColumnRow {
    Schema schema();

    CellKind kind(int column);

    long longAt(int column);

    double doubleAt(int column);

    boolean booleanAt(int column);

    /** Returns an array that has the text, as well-formed UTF-8; do not change it. */
    byte[] textAt(int column);

    /** Returns where the text begins in its array. */
    int textOffset(int column);

    /** Returns how many bytes the text has. */
    int textLength(int column);

    /** Returns a value of any class that {@link io.varuna.api.data.Row#get} may return. */
    Object objectAt(int column);
}
