package io.varuna.engine.rule;

import io.varuna.plan.RulePlan;
import io.varuna.plan.StreamDefinition;
import java.util.List;

/**
 * All that is needed to run a rule.
 *
 * @param streams the definitions of the streams and tables that the plan reads
 */
public record RuleSpec(
        String id, RulePlan plan, List<StreamDefinition> streams, List<ActionSpec> actions, RuleOptions options) {
    public RuleSpec {
        streams = List.copyOf(streams);
        actions = List.copyOf(actions);
    }

    /** Returns the definition of a stream that the plan reads. */
    public StreamDefinition stream(String name) {
        return streams.stream()
                .filter(stream -> stream.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("rule '" + id + "' has no stream '" + name + "'"));
    }
}
