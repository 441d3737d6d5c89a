package io.varuna.runtime.rule;

import io.varuna.api.error.VarunaException;
import io.varuna.engine.rule.RuleOptions;
import io.varuna.plan.RulePlan;
import java.util.function.Predicate;
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

    /** Tells whether the state is kept while the rule does not run; options that are not understood keep nothing. */
    boolean keepsState() {
        return asks(RuleOptions::keepsState);
    }

    /** Tells whether the rule is started again after an error; options that are not understood ask for nothing. */
    boolean restarts() {
        return asks(options -> options.restartAttempts() > 0);
    }

    private boolean asks(Predicate<RuleOptions> wish) {
        try {
            return wish.test(options());
        } catch (VarunaException e) {
            return false;
        }
    }

    RuleDefinition with(RuleDocument changed) {
        return new RuleDefinition(changed, plan, fingerprint);
    }

    boolean reads(String stream) {
        return plan != null && plan.streams().contains(stream);
    }
}
