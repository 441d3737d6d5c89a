package io.varuna.api.manage;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a rule is doing.
 *
 * @param message why the rule is in its state; empty if there is nothing to say
 * @param lastStart milliseconds since the epoch, 0 if never
 * @param lastStop milliseconds since the epoch, 0 if never
 * @param nextStart milliseconds since the epoch, 0 if the rule has no schedule
 * @param metrics figures by name, such as {@code source_demo_0_records_in_total}, in the order in which records pass
 */
public record RuleStatus(
        RuleState state, String message, long lastStart, long lastStop, long nextStart, Map<String, Object> metrics) {
    public RuleStatus {
        metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
    }
}
