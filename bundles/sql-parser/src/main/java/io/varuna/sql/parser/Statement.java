package io.varuna.sql.parser;

import java.util.List;
import org.apache.calcite.sql.SqlNode;

/** A statement as it was written. */
public sealed interface Statement {
    /** Returns a text that reads as this statement, with all names in back-ticks. */
    default String unparse() {
        return StatementWriter.write(this);
    }

    /** A query. */
    record Query(SqlNode node) implements Statement {}

    /** CREATE STREAM or CREATE TABLE. */
    record Create(
            boolean table,
            Declaration.Name name,
            boolean orReplace,
            boolean ifNotExists,
            List<Declaration.Column> columns,
            List<Declaration.Option> options)
            implements Statement {
        public Create {
            columns = List.copyOf(columns);
            options = List.copyOf(options);
        }
    }

    /** DROP STREAM or DROP TABLE. */
    record Drop(boolean table, Declaration.Name name, boolean ifExists) implements Statement {}

    /** SHOW STREAMS or SHOW TABLES. */
    record Show(boolean tables) implements Statement {}

    /** DESCRIBE STREAM or DESCRIBE TABLE. */
    record Describe(boolean table, Declaration.Name name) implements Statement {}

    /** EXPLAIN STREAM or EXPLAIN TABLE. */
    record Explain(boolean table, Declaration.Name name) implements Statement {}

    /** EXPLAIN of a query. */
    record ExplainQuery(SqlNode node) implements Statement {}
}
