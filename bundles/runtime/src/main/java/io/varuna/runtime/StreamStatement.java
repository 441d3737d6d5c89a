package io.varuna.runtime;

import io.varuna.plan.StreamDefinition;

/** A statement about streams and tables. */
public sealed interface StreamStatement {
    record Create(StreamDefinition definition, boolean orReplace, boolean ifNotExists) implements StreamStatement {}

    record Drop(String name, boolean table, boolean ifExists) implements StreamStatement {}

    record Show(boolean tables) implements StreamStatement {}

    record Describe(String name, boolean table) implements StreamStatement {}

    record Explain(String name, boolean table) implements StreamStatement {}
}
