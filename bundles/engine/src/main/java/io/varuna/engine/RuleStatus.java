package io.varuna.engine;

import io.varuna.engine.plugin.PluginUse;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Puts together what the parts of a rule say of themselves. */
final class RuleStatus {
    private RuleStatus() {}

    /** Returns the metrics of all parts, from the sources to the sinks. */
    static Map<String, Object> metrics(RuleTask rule) {
        Map<String, Object> status = new LinkedHashMap<>();
        rule.sources().forEach(source -> source.source().metrics().writeTo(status));
        rule.pipeline().lookups().forEach(table -> table.metrics().writeTo(status));
        rule.pipeline().metrics().forEach(step -> step.writeTo(status));
        rule.sinks().forEach(sink -> sink.metrics().writeTo(status));
        rule.deadLetterSinks().forEach(sink -> sink.metrics().writeTo(status));
        return status;
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
