package io.varuna.shell;

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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Rules in memory that run nothing: 'hot' runs and 'store' waits. */
final class MemoryRules implements RuleService {
    private final Map<String, RuleSummary> rules = new TreeMap<>();
    private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();
    private final List<String> places = new ArrayList<>();
    private String imported = "";
    private String created = "";

    MemoryRules() {
        put("hot", RuleState.RUNNING, "", List.of("cellar"));
        put("store", RuleState.WAITING, "waiting for sink 'mysql'", List.of());
    }

    /** Shows a result to everybody who follows a rule or query. */
    void emit(String json) {
        listeners.forEach(listener -> listener.accept(json));
    }

    int listeners() {
        return listeners.size();
    }

    String created() {
        return created;
    }

    String imported() {
        return imported;
    }

    @Override
    public List<RuleSummary> list() {
        return List.copyOf(rules.values());
    }

    @Override
    public String create(String json) {
        created = json;
        put("new", RuleState.STARTING, "", List.of());
        return "new";
    }

    @Override
    public String get(String id) {
        return "{\"id\": \"" + rule(id).id() + "\"}";
    }

    @Override
    public void update(String id, String json) {
        put(id, RuleState.STARTING, "", List.of());
    }

    @Override
    public void delete(String id) {
        rule(id);
        rules.remove(id);
    }

    @Override
    public void start(String id) {
        rule(id);
        put(id, RuleState.RUNNING, "", List.of());
    }

    @Override
    public void stop(String id) {
        rule(id);
        put(id, RuleState.STOPPED, "", List.of());
    }

    @Override
    public void restart(String id) {
        start(id);
    }

    @Override
    public RuleStatus status(String id) {
        RuleSummary rule = rule(id);
        Map<String, Object> metrics = new LinkedHashMap<>();
        if (rule.state() == RuleState.RUNNING) {
            metrics.put("source_demo_0_records_in_total", 120L);
            metrics.put("source_demo_0_records_out_total", 118L);
            metrics.put("source_demo_0_exceptions_total", 2L);
            metrics.put("source_demo_0_process_latency_us", 7L);
            metrics.put("source_demo_0_buffer_length", 0L);
            metrics.put("source_demo_0_last_exception", "not JSON");
            metrics.put("source_demo_0_last_exception_time", 1000L);
            metrics.put("sink_log_0_0_records_in_total", 9L);
            metrics.put("sink_log_0_0_records_out_total", 9L);
            metrics.put("sink_log_0_0_exceptions_total", 0L);
        }
        return new RuleStatus(rule.state(), rule.message(), 0, 0, 0, metrics);
    }

    @Override
    public void readFrom(String id, String stream, Map<String, String> offsets) {
        places.add(rule(id).id() + " " + stream + " " + new TreeMap<>(offsets));
    }

    /** Returns from where rules were told to read on, the latest last. */
    List<String> places() {
        return places;
    }

    @Override
    public RuleFigures figures(String id) {
        return RuleFigures.NONE;
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
        return new RuleTopology(
                List.of("source_demo", "source_rooms"),
                Map.of(
                        "source_demo", List.of("op_join"),
                        "source_rooms", List.of("op_join"),
                        "op_join", List.of("sink_log_0")));
    }

    @Override
    public RuleValidation validate(String json) {
        return json.contains("demo")
                ? new RuleValidation(true, List.of("demo", "rooms"), "", explanation())
                : new RuleValidation(false, List.of(), "There is no stream 'dmo'.", null);
    }

    @Override
    public void setTags(String id, List<String> tags) {
        RuleSummary rule = rule(id);
        put(id, rule.state(), rule.message(), tags);
    }

    @Override
    public AutoCloseable tail(String id, Consumer<String> listener) {
        rule(id);
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    @Override
    public AutoCloseable query(String select, Consumer<String> listener) {
        listeners.add(listener);
        listener.accept("{\"query\":\"" + select + "\"}");
        return () -> listeners.remove(listener);
    }

    @Override
    public String exportRuleset() {
        return "{\"streams\":{},\"tables\":{},\"rules\":{}}";
    }

    @Override
    public Map<String, String> replaceRuleset(String json) {
        return importRuleset(json);
    }

    @Override
    public Map<String, String> importRuleset(String json) {
        imported = json;
        return json.contains("dmo") ? Map.of("hot", "There is no stream 'dmo'.") : Map.of();
    }

    private void put(String id, RuleState state, String message, List<String> tags) {
        rules.put(id, new RuleSummary(id, "", state, message, "", tags));
    }

    private RuleSummary rule(String id) {
        RuleSummary rule = rules.get(id);
        if (rule == null) {
            throw new VarunaException(StandardError.RULE_NOT_FOUND, "There is no rule '" + id + "'.");
        }
        return rule;
    }
}
