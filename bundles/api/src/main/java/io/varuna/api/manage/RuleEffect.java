package io.varuna.api.manage;

import java.time.Duration;

/**
 * What a change of a plugin does, or would do, to one rule.
 *
 * @param rule its id
 * @param message what was exchanged, or why nothing was; empty if there is nothing to say
 * @param pause for how long the rule stood still, zero where nothing was done
 */
public record RuleEffect(String rule, RuleReaction reaction, String message, Duration pause) {
    /** Returns an effect that took no time. */
    public static RuleEffect of(String rule, RuleReaction reaction, String message) {
        return new RuleEffect(rule, reaction, message, Duration.ZERO);
    }
}
