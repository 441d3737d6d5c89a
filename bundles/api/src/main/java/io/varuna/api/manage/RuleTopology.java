package io.varuna.api.manage;

import java.util.List;
import java.util.Map;

/**
 * The steps that records of a rule pass.
 *
 * @param sources the names of the steps that records come from
 * @param edges by name of a step, the steps that follow
 */
public record RuleTopology(List<String> sources, Map<String, List<String>> edges) {}
