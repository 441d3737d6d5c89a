package io.varuna.api.manage;

import java.util.List;

/**
 * A rule in a list.
 *
 * @param message why the rule is in its state; empty if there is nothing to say
 * @param version the version its author gave it; empty if none
 */
public record RuleSummary(String id, String name, RuleState state, String message, String version, List<String> tags) {
    public RuleSummary {
        tags = List.copyOf(tags);
    }
}
