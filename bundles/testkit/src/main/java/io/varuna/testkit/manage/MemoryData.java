package io.varuna.testkit.manage;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.api.manage.DataService;
import java.util.List;
import java.util.Map;

/** A document in memory, with a password. One that speaks of 'dmo' is refused; rules whose ids begin with 'gone' are not there. Not thread-safe. */
public final class MemoryData implements DataService {
    private String imported = "";

    /** Creates it. */
    public MemoryData() {}

    /** Returns the document that was taken last, after whether it was added or took the place of all; empty if none was. */
    public String imported() {
        return imported;
    }

    @Override
    public String export(boolean secrets) {
        return export(List.of("ruleTest"), secrets);
    }

    @Override
    public String export(List<String> rules, boolean secrets) {
        String rule = rules.get(0);
        if (rule.startsWith("gone")) {
            throw new VarunaException(StandardError.RULE_NOT_FOUND, "There is no rule '" + rule + "'.");
        }
        return ("{'streams':{'demo':'CREATE STREAM demo ()'},'tables':{},'rules':{'" + rule
                        + "':'{}'},'nativePlugins':{},"
                        + "'portablePlugins':{},'sourceConfig':{'mqtt':{'plant':{'password':'"
                        + (secrets ? "secret" : "******")
                        + "'}}},'sinkConfig':{},'connectionConfig':{},'Service':{},'Schema':{},'uploads':{},'scripts':{}}")
                .replace('\'', '"');
    }

    @Override
    public Map<String, Map<String, String>> replace(String document) {
        return take("all", document);
    }

    @Override
    public Map<String, Map<String, String>> add(String document) {
        return take("added", document);
    }

    private Map<String, Map<String, String>> take(String how, String document) {
        if (!document.startsWith("{")) {
            throw new VarunaException(StandardError.INVALID_JSON, "The document must be a JSON object.");
        }
        if (document.contains("dmo")) {
            return Map.of("rules", Map.of("ruleTest", "There is no stream 'dmo'."));
        }
        imported = how + " " + document;
        return Map.of();
    }
}
