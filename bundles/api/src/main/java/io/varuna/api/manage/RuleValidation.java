package io.varuna.api.manage;

import java.util.List;

/**
 * What became of the validation of a rule.
 *
 * @param sources the streams and tables that the rule reads
 * @param message what is wrong; empty if nothing is
 */
public record RuleValidation(boolean valid, List<String> sources, String message) {}
