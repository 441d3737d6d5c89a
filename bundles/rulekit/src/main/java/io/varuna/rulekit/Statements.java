package io.varuna.rulekit;

import io.varuna.plan.Catalog;

/** What carries out statements about streams and tables for a {@link RuleHarness}, and knows what they have made. */
public interface Statements extends AutoCloseable {
    /**
     * Carries out a statement.
     *
     * @return what a person is told; empty where nobody asks
     */
    String execute(String statement);

    /** Returns what names stand for, until the next {@link #restart}. */
    Catalog catalog();

    /** Does to what was made what a stop and a start of the container do. */
    void restart();

    @Override
    void close();
}
