package io.varuna.rulekit;

import io.varuna.plan.RulePlan;

/**
 * A query that a golden page runs.
 *
 * @param eventTime whether it runs in event time
 */
public record RunQuery(String text, RulePlan plan, boolean eventTime) {}
