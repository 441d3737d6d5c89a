package io.varuna.engine;

import io.varuna.api.manage.RuleTopology;
import io.varuna.engine.metric.StepMetrics;
import io.varuna.engine.sink.SinkRunner;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Draws how records pass through a rule. */
final class Topology {
    private Topology() {}

    static RuleTopology of(List<RuleSource> sources, List<StepMetrics> steps, List<SinkRunner> sinks) {
        List<String> names = sources.stream()
                .map(source -> name(source.source().metrics()))
                .distinct()
                .toList();
        List<String> ends = sinks.stream().map(sink -> name(sink.metrics())).toList();
        Map<String, List<String>> edges = new LinkedHashMap<>();
        List<String> chain = new ArrayList<>(steps.stream().map(Topology::name).toList());
        names.forEach(name -> edges.put(name, chain.isEmpty() ? ends : List.of(chain.get(0))));
        for (int i = 0; i < chain.size(); i++) {
            edges.put(chain.get(i), i + 1 < chain.size() ? List.of(chain.get(i + 1)) : ends);
        }
        return new RuleTopology(names, edges);
    }

    /** Returns the name without the number of the instance, as eKuiper shows it. */
    private static String name(StepMetrics metrics) {
        return metrics.name().substring(0, metrics.name().lastIndexOf('_'));
    }
}
