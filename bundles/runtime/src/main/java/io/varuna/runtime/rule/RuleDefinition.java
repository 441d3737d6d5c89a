package io.varuna.runtime.rule;

import io.varuna.engine.rule.RuleOptions;
import io.varuna.plan.RulePlan;
import org.jspecify.annotations.Nullable;

/**
 * A rule and what its query was compiled to.
 *
 * @param plan null where it must be compiled again, such as after an upgrade that changed the form of plans
 * @param fingerprint of everything that the plan was compiled from
 */
record RuleDefinition(RuleDocument document, @Nullable RulePlan plan, String fingerprint) {
    /** Returns the options; fails if some are not known or do not fit. */
    RuleOptions options() {
        return RuleOptions.of(document.options());
    }

    RuleDefinition with(RuleDocument changed) {
        return new RuleDefinition(changed, plan, fingerprint);
    }

    boolean reads(String stream) {
        return plan != null && plan.streams().contains(stream);
    }
}
