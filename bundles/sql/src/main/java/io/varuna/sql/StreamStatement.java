package io.varuna.sql;

import io.varuna.plan.StreamDefinition;

/** A statement about streams and tables. */
public sealed interface StreamStatement {
    /** Makes a stream or table. */
    record Create(StreamDefinition definition, boolean orReplace, boolean ifNotExists) implements StreamStatement {}

    /** Removes a stream or table. */
    record Drop(boolean table, String name, boolean ifExists) implements StreamStatement {}

    /** Lists all streams, or all tables. */
    record Show(boolean tables) implements StreamStatement {}

    /** Shows columns and options. */
    record Describe(boolean table, String name) implements StreamStatement {}

    /** Tells how a stream or table is read. */
    record Explain(boolean table, String name) implements StreamStatement {}
}
