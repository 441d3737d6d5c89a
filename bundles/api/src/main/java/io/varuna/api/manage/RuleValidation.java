package io.varuna.api.manage;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of the validation of a rule.
 *
 * @param sources the streams and tables that the rule reads
 * @param message what is wrong, or else what is remarkable; empty if nothing is
 * @param explanation how the rule would be carried out; null if it is not valid
 */
public record RuleValidation(
        boolean valid, List<String> sources, String message, @Nullable RuleExplanation explanation) {}
