package io.varuna.plan;

import java.util.List;

/**
 * A compiled query.
 *
 * @param dialect RULE or STANDARD: decides what operators do with NULL
 * @param streams the streams and tables that are read, each once
 * @param functions the functions of plugins that are called, each once, by their usual names
 */
public record RulePlan(Dialect dialect, Output root, List<String> streams, List<String> functions) {
    public RulePlan {
        streams = List.copyOf(streams);
        functions = List.copyOf(functions);
        if (dialect == Dialect.AUTO) {
            throw new IllegalArgumentException("A plan is of one dialect");
        }
    }

    /** Returns the plan for people: the root first, each input indented below. */
    public String explain() {
        return PlanText.explain(root);
    }
}
