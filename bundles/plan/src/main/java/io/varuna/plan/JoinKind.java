package io.varuna.plan;

/** Which rows a join keeps that have no partner. */
public enum JoinKind {
    INNER,
    LEFT,
    RIGHT,
    FULL,
    /** Pairs every row with every row; the condition is TRUE. */
    CROSS
}
