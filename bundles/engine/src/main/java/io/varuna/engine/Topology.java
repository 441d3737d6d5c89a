package io.varuna.engine;

import io.varuna.api.manage.RuleTopology;
import io.varuna.engine.metric.StepMetrics;
import io.varuna.engine.rule.ActionSpec;
import io.varuna.plan.StreamDefinition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Draws how records pass through a rule. */
final class Topology {
    private Topology() {}

    static RuleTopology of(List<StreamDefinition> streams, List<StepMetrics> steps, List<ActionSpec> actions) {
        List<String> sources = streams.stream()
                .map(stream -> "source_" + stream.name())
                .distinct()
                .toList();
        List<String> sinks =
                actions.stream().map(action -> "sink_" + action.name()).toList();
        List<String> chain = steps.stream().map(Topology::name).toList();
        Map<String, List<String>> edges = new LinkedHashMap<>();
        sources.forEach(source -> edges.put(source, List.of(chain.get(0))));
        for (int i = 0; i < chain.size(); i++) {
            edges.put(chain.get(i), i + 1 < chain.size() ? List.of(chain.get(i + 1)) : sinks);
        }
        return new RuleTopology(sources, edges);
    }

    /** Returns the name without the number of the instance, as eKuiper shows it. */
    private static String name(StepMetrics metrics) {
        return metrics.name().substring(0, metrics.name().lastIndexOf('_'));
    }
}
