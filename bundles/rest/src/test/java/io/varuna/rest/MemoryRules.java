package io.varuna.rest;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.api.manage.RuleExplanation;
import io.varuna.api.manage.RuleFigures;
import io.varuna.api.manage.RuleService;
import io.varuna.api.manage.RuleState;
import io.varuna.api.manage.RuleStatus;
import io.varuna.api.manage.RuleSummary;
import io.varuna.api.manage.RuleTopology;
import io.varuna.api.manage.RuleValidation;
import io.varuna.api.manage.StepFigures;
import io.varuna.api.plugin.ConnectionStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Rules in memory that run nothing; their output is what a test emits. */
final class MemoryRules implements RuleService {
    private final Map<String, Rule> rules = new TreeMap<>();
    private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();

    /** Shows a result to everybody who follows a rule or query. */
    void emit(String json) {
        listeners.forEach(listener -> listener.accept(json));
    }

    int listeners() {
        return listeners.size();
    }

    @Override
    public List<RuleSummary> list() {
        return rules.entrySet().stream()
                .map(entry -> new RuleSummary(
                        entry.getKey(),
                        "",
                        entry.getValue().state,
                        entry.getValue().message,
                        "",
                        entry.getValue().tags))
                .toList();
    }

    @Override
    public String create(String json) {
        String id = String.valueOf(Json.object(json, "The rule").get("id"));
        if (rules.containsKey(id)) {
            throw new VarunaException(StandardError.RULE_EXISTS, "There is already a rule '" + id + "'.");
        }
        update(id, json);
        return id;
    }

    @Override
    public String get(String id) {
        return rule(id).json;
    }

    @Override
    public void update(String id, String json) {
        RuleValidation validation = validate(json);
        if (!validation.valid()) {
            throw new VarunaException(StandardError.INVALID_RULE, validation.message());
        }
        Rule rule = new Rule();
        rule.json = json;
        if (json.contains("mysql")) {
            rule.state = RuleState.WAITING;
            rule.message = "waiting for sink 'mysql'";
        }
        if (Json.object(json, "The rule").get("tags") instanceof List<?> tags) {
            tags.forEach(tag -> rule.tags.add(tag.toString()));
        }
        rules.put(id, rule);
    }

    @Override
    public void delete(String id) {
        rule(id);
        rules.remove(id);
    }

    @Override
    public void start(String id) {
        if (id.equals("broken")) {
            throw new VarunaException(StandardError.SOURCE_FAILED, "The broker is away.");
        }
        rule(id).state = RuleState.RUNNING;
    }

    @Override
    public void stop(String id) {
        rule(id).state = RuleState.STOPPED;
    }

    @Override
    public void restart(String id) {
        rule(id).state = RuleState.RUNNING;
    }

    @Override
    public void readFrom(String id, String stream, Map<String, String> offsets) {
        rule(id);
        if (!stream.equals("demo")) {
            throw new VarunaException(
                    StandardError.INVALID_RULE, "Rule '" + id + "' does not read '" + stream + "' " + offsets);
        }
    }

    @Override
    public RuleStatus status(String id) {
        Rule rule = rule(id);
        Map<String, Object> metrics = new LinkedHashMap<>();
        metrics.put("source_demo_0_records_in_total", 3L);
        metrics.put("source_demo_0_exceptions_total", 1L);
        metrics.put("source_demo_0_last_exception", "not JSON");
        metrics.put("sink_log_0_0_records_out_total", 2L);
        metrics.put("sink_log_0_0_exceptions_total", 1L);
        metrics.put("sink_log_0_0_last_exception", "");
        return new RuleStatus(rule.state, rule.message, 1000, 0, 0, metrics);
    }

    @Override
    public RuleFigures figures(String id) {
        rule(id);
        return new RuleFigures(
                List.of(
                        new StepFigures("source_demo_0", 3, 3, 3, 1, 20, 0, ConnectionStatus.CONNECTED),
                        new StepFigures("op_2_filter_0", 3, 2, 3, 0, 5, 0, null),
                        new StepFigures("sink_log_0_0", 2, 2, 2, 1, 7, 4, ConnectionStatus.CONNECTING),
                        new StepFigures("error_sink_\"a\\b\n\"_0_0", 1, 1, 1, 0, 7, 0, ConnectionStatus.DISCONNECTED)),
                5,
                6,
                7,
                8);
    }

    @Override
    public RuleExplanation explain(String id) {
        rule(id);
        return explanation();
    }

    private static RuleExplanation explanation() {
        return new RuleExplanation(
                "rule",
                false,
                "processing time",
                List.of(new RuleExplanation.Input(
                        "demo", "demo", "stream", "mqtt", "json", false, List.of("*"), List.of(), List.of())),
                new RuleExplanation.Step("Scan", "Scan demo [*]", List.of("$row"), List.of()));
    }

    @Override
    public RuleTopology topology(String id) {
        rule(id);
        return new RuleTopology(List.of("source_demo"), Map.of("source_demo", List.of("sink_log_0")));
    }

    @Override
    public RuleValidation validate(String json) {
        Map<String, Object> rule = Json.object(json, "The rule");
        Object sql = rule.get("sql");
        String remark = String.valueOf(rule.get("actions")).contains("mysql") ? "waiting for sink 'mysql'" : "";
        return "SELECT * FROM demo".equals(sql)
                ? new RuleValidation(true, List.of("demo"), remark, explanation())
                : new RuleValidation(false, List.of(), "There is no stream 'dmo'. Did you mean 'demo'?", null);
    }

    @Override
    public void setTags(String id, List<String> tags) {
        Rule rule = rule(id);
        rule.tags.clear();
        rule.tags.addAll(tags);
    }

    @Override
    public AutoCloseable tail(String id, Consumer<String> listener) {
        rule(id);
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    @Override
    public AutoCloseable query(String select, Consumer<String> listener) {
        if (!select.startsWith("SELECT ")) {
            throw new VarunaException(StandardError.SYNTAX_ERROR, "Only a SELECT statement can be queried.");
        }
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    @Override
    public String exportRuleset() {
        if (rules.containsKey("bug")) {
            throw new IllegalStateException("secret detail");
        }
        return "{\"streams\":{},\"tables\":{},\"rules\":{}}";
    }

    @Override
    public Map<String, String> replaceRuleset(String json) {
        return importRuleset(json);
    }

    @Override
    public Map<String, String> importRuleset(String json) {
        return json.contains("dmo") ? Map.of("ruleTest", "There is no stream 'dmo'.") : Map.of();
    }

    private Rule rule(String id) {
        Rule rule = rules.get(id);
        if (rule == null) {
            throw new VarunaException(StandardError.RULE_NOT_FOUND, "There is no rule '" + id + "'.");
        }
        return rule;
    }

    private static final class Rule {
        private final List<String> tags = new ArrayList<>();
        private String json = "";
        private RuleState state = RuleState.RUNNING;
        private String message = "";
    }
}
