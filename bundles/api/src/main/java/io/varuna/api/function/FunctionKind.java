package io.varuna.api.function;

/** What a function maps to what. */
public enum FunctionKind {
    /** The arguments of one call to one value. */
    SCALAR,
    /** The rows of a group or window to one value. */
    AGGREGATE,
    /** A row to one value, remembering rows before it. */
    ANALYTIC,
    /** A row to any number of rows. */
    TABLE
}
