package io.varuna.engine;

import io.varuna.api.manage.StepFigures;
import io.varuna.engine.metric.StepMetrics;
import io.varuna.engine.plugin.PluginUse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Puts together what the parts of a rule say of themselves. */
final class RuleStatus {
    private RuleStatus() {}

    /** Returns the metrics of all parts, from the sources to the sinks. */
    static Map<String, Object> metrics(RuleTask rule) {
        Map<String, Object> status = new LinkedHashMap<>();
        steps(rule, step -> step.writeTo(status));
        return status;
    }

    /** Returns the figures of all parts, from the sources to the sinks. */
    static List<StepFigures> figures(RuleTask rule) {
        List<StepFigures> figures = new ArrayList<>();
        steps(rule, step -> figures.add(step.figures()));
        return figures;
    }

    private static void steps(RuleTask rule, Consumer<StepMetrics> each) {
        rule.sources().forEach(source -> each.accept(source.source().metrics()));
        rule.pipeline().lookups().forEach(table -> each.accept(table.metrics()));
        rule.pipeline().metrics().forEach(each);
        rule.sinks().forEach(sink -> each.accept(sink.metrics()));
        rule.deadLetterSinks().forEach(sink -> each.accept(sink.metrics()));
    }

    /** Returns the plugins that the rule uses; does not wait for a batch, which one of them may keep. */
    static Set<PluginUse> uses(RuleTask rule) {
        Set<PluginUse> uses = new LinkedHashSet<>();
        rule.sources().forEach(source -> uses.addAll(source.source().resolved().uses()));
        rule.pipeline().lookups().forEach(table -> uses.addAll(table.resolved().uses()));
        rule.sinks().forEach(sink -> uses.addAll(sink.slot().resolved().uses()));
        rule.deadLetterSinks()
                .forEach(sink -> uses.addAll(sink.slot().resolved().uses()));
        uses.addAll(rule.pipeline().bindings().uses());
        return uses;
    }
}
