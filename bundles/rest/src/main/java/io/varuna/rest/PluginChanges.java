package io.varuna.rest;

import io.varuna.api.manage.PluginChange;
import io.varuna.api.manage.PluginEvent;
import io.varuna.api.manage.RuleEffect;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Shows what happens to plugins, and what that does to rules. */
final class PluginChanges {
    private static final double NANOS_PER_MILLI = 1_000_000;

    private PluginChanges() {}

    static Map<String, Object> json(PluginChange change) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("plugin", change.plugin());
        json.put("from", change.from());
        json.put("to", change.to());
        json.put("rules", change.rules().stream().map(PluginChanges::json).toList());
        json.put("refreshed", change.refreshed());
        json.put("remarks", change.remarks());
        return json;
    }

    static Map<String, Object> json(PluginEvent event) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("time", event.time());
        json.put("event", event.what().name().toLowerCase(Locale.ROOT));
        json.put("plugin", event.plugin());
        json.put("message", event.message());
        return json;
    }

    private static Map<String, Object> json(RuleEffect effect) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("rule", effect.rule());
        json.put("reaction", word(effect));
        json.put("message", effect.message());
        json.put("pauseMillis", millis(effect.pause()));
        return json;
    }

    /** Returns a sentence, with a line for each rule and each remark. */
    static String text(String sentence, PluginChange change) {
        StringBuilder text = new StringBuilder(sentence);
        for (RuleEffect effect : change.rules()) {
            text.append("\nrule '").append(effect.rule()).append("': ").append(word(effect));
            if (!effect.message().isEmpty()) {
                text.append(", ").append(effect.message());
            }
            if (!effect.pause().isZero()) {
                text.append(", stood still for ").append(millis(effect.pause())).append(" ms");
            }
        }
        change.remarks().forEach(remark -> text.append('\n').append(remark));
        return text.toString();
    }

    private static String word(RuleEffect effect) {
        return effect.reaction().name().toLowerCase(Locale.ROOT);
    }

    private static double millis(Duration duration) {
        return Math.round(duration.toNanos() / NANOS_PER_MILLI * 10) / 10.0;
    }
}
