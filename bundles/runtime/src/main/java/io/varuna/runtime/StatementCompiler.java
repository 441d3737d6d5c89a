package io.varuna.runtime;

import io.varuna.plan.Catalog;
import io.varuna.plan.Dialect;
import io.varuna.plan.RulePlan;

/** What the runtime asks of SQL. Thread-safe; failures are {@code StatementException}s. */
public interface StatementCompiler {
    /** Reads a statement about streams and tables. */
    StreamStatement statement(String text);

    /** Compiles a query. */
    RulePlan query(String text, Catalog catalog, Dialect dialect, boolean eventTime);
}
