package io.varuna.plan;

/** The dialect of a query. */
public enum Dialect {
    /** The rule dialect if the text is one of it, otherwise the standard dialect. */
    AUTO,
    /** eKuiper's: window functions in GROUP BY, two-valued logic, lists count from 0. */
    RULE,
    /** Standard SQL: window table functions, three-valued logic, lists count from 1. */
    STANDARD
}
