package io.varuna.api.manage;

/** What a CREATE statement makes. */
public enum StreamKind {
    STREAM,
    /** A table that keeps the last rows of its source. */
    SCAN_TABLE,
    /** A table that is asked by key. */
    LOOKUP_TABLE;

    /** Returns "stream" or "table". */
    public String word() {
        return this == STREAM ? "stream" : "table";
    }
}
