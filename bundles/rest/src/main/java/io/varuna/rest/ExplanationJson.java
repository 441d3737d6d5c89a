package io.varuna.rest;

import io.varuna.api.manage.RuleExplanation;
import io.varuna.api.manage.RuleExplanation.Input;
import io.varuna.api.manage.RuleExplanation.Step;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes how a rule is carried out. */
final class ExplanationJson {
    private ExplanationJson() {}

    static Map<String, Object> of(RuleExplanation explanation) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("dialect", explanation.dialect());
        json.put("eventTime", explanation.eventTime());
        json.put("time", explanation.time());
        json.put(
                "inputs",
                explanation.inputs().stream().map(ExplanationJson::input).toList());
        json.put("plan", step(explanation.plan()));
        return json;
    }

    private static Map<String, Object> input(Input input) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", input.name());
        json.put("alias", input.alias());
        json.put("kind", input.kind());
        json.put("type", input.type());
        json.put("format", input.format());
        json.put("shared", input.shared());
        json.put("columns", input.columns());
        json.put("conditions", input.conditions());
        json.put("keys", input.keys());
        return json;
    }

    private static Map<String, Object> step(Step step) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("operator", step.operator());
        json.put("text", step.text());
        json.put("columns", step.columns());
        json.put("inputs", step.inputs().stream().map(ExplanationJson::step).toList());
        return json;
    }
}
