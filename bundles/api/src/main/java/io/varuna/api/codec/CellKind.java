package io.varuna.api.codec;

/** How the value of a cell is read. */
public enum CellKind {
    /** The row does not have the column. */
    MISSING,
    NULL,
    LONG,
    DOUBLE,
    BOOLEAN,
    /** A text in UTF-8. */
    TEXT,
    /** Anything else, and texts that are strings already. */
    OBJECT
}
