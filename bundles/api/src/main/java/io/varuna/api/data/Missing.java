package io.varuna.api.data;

/**
 * Stands, in an array of values, for a column that the record does not have. Expressions read it as NULL; output leaves
 * the column out, whereas it shows a NULL that the record has.
 */
public enum Missing {
    VALUE;

    @Override
    public String toString() {
        return "missing";
    }
}
