package io.varuna.plugin.mysql;

/** What becomes of a row whose key the table has already. */
public enum OnDuplicate {
    /** The row is refused. */
    ERROR,
    /** The row in the table takes the new values. Makes writing again harmless. */
    UPDATE,
    /** The row in the table stays. */
    IGNORE
}
