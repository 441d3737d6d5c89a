package io.varuna.rest;

import io.varuna.api.error.StandardError;
import io.varuna.api.manage.RuleExplanation;
import io.varuna.api.manage.RuleService;
import io.varuna.api.manage.RuleSummary;
import io.varuna.api.manage.RuleTopology;
import io.varuna.api.manage.RuleValidation;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Rules: what they are, and their commands. */
final class RuleRoutes {
    private final RuleService rules;

    RuleRoutes(RuleService rules) {
        this.rules = rules;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/rules", this::list),
                Route.post("/rules", this::create),
                Route.get(
                        "/rules/{id}",
                        exchange -> exchange.send(200, "application/json", rules.get(exchange.path("id")))),
                Route.put("/rules/{id}", this::update),
                Route.delete("/rules/{id}", command(rules::delete, "is dropped.")),
                Route.post("/rules/{id}/start", command(rules::start, "was started")),
                Route.post("/rules/{id}/stop", command(rules::stop, "was stopped.")),
                Route.post("/rules/{id}/restart", command(rules::restart, "was restarted")),
                Route.put("/rules/{id}/reset_state", this::resetState),
                Route.get("/rules/{id}/explain", this::explain),
                Route.get("/rules/{id}/topo", this::topology),
                Route.get("/rules/{id}/schema", this::schema),
                Route.post("/rules/validate", this::validate));
    }

    private void list(Exchange exchange) throws IOException {
        exchange.sendJson(200, rules.list().stream().map(RuleRoutes::summary).toList());
    }

    private void create(Exchange exchange) throws Exception {
        String id = rules.create(exchange.body());
        exchange.sendText(201, "Rule " + id + " was created successfully.");
    }

    private void update(Exchange exchange) throws Exception {
        String id = exchange.path("id");
        rules.update(id, exchange.body());
        exchange.sendText(200, "Rule " + id + " was updated successfully.");
    }

    /** Takes eKuiper's form, of whose types there is one. */
    private void resetState(Exchange exchange) throws Exception {
        String id = exchange.path("id");
        Body body = Body.of(exchange.body(), "type", "params");
        if (!(body.value("type").orElse(0) instanceof Number type) || type.intValue() != 1) {
            throw body.invalid("'type' must be 1, which is the place that a stream is read from");
        }
        if (!(body.value("params").orElse(Map.of()) instanceof Map<?, ?> params)
                || !(params.get("streamName") instanceof String stream)
                || !(params.get("input") instanceof Map<?, ?> input)) {
            throw body.invalid(
                    "'params' must have 'streamName', a text, and 'input', an object from partitions to offsets");
        }
        Map<String, String> offsets = new LinkedHashMap<>();
        input.forEach((partition, offset) -> offsets.put(String.valueOf(partition), String.valueOf(offset)));
        rules.readFrom(id, stream, offsets);
        exchange.sendText(200, "Rule " + id + " reads " + stream + " from another place.");
    }

    private void topology(Exchange exchange) throws IOException {
        RuleTopology topology = rules.topology(exchange.path("id"));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("sources", topology.sources());
        json.put("edges", topology.edges());
        exchange.sendJson(200, json);
    }

    /** Answers a text, or JSON to whoever asks for it. */
    private void explain(Exchange exchange) throws IOException {
        RuleExplanation explanation = rules.explain(exchange.path("id"));
        if (exchange.accepts("application/json")) {
            exchange.sendJson(200, explanation.members());
            return;
        }
        exchange.sendText(200, explanation.text());
    }

    /** Shows the columns of the results as far as they are known beforehand; a whole record stands for what comes. */
    private void schema(Exchange exchange) throws IOException {
        List<String> columns = rules.explain(exchange.path("id")).plan().columns();
        Map<String, Object> json = new LinkedHashMap<>();
        for (String column : columns) {
            if (!column.startsWith("$")) {
                Map<String, Object> place = new LinkedHashMap<>();
                place.put("hasIndex", true);
                place.put("index", json.size());
                json.put(column, place);
            }
        }
        exchange.sendJson(200, json);
    }

    private void validate(Exchange exchange) throws Exception {
        RuleValidation validation = rules.validate(exchange.body());
        if (validation.valid()) {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("valid", true);
            json.put("sources", validation.sources());
            if (!validation.message().isEmpty()) {
                json.put("message", validation.message());
            }
            RuleExplanation explanation = validation.explanation();
            if (explanation != null) {
                json.put("explanation", explanation.members());
            }
            exchange.sendJson(200, json);
            return;
        }
        Failure failure = new Failure(422, StandardError.INVALID_RULE.number(), validation.message());
        exchange.sendJson(failure.status(), failure.toJson());
    }

    private static Handler command(Consumer<String> command, String done) {
        return exchange -> {
            String id = exchange.path("id");
            command.accept(id);
            exchange.sendText(200, "Rule " + id + " " + done);
        };
    }

    private static Map<String, Object> summary(RuleSummary rule) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", rule.id());
        json.put("name", rule.name());
        json.put("status", status(rule));
        json.put("version", rule.version());
        json.put("trace", false);
        json.put("tags", rule.tags());
        return json;
    }

    private static String status(RuleSummary rule) {
        String state = rule.state().text();
        if (rule.message().isEmpty()) {
            return state;
        }
        // "waiting for sink 'mysql'" says it all
        return rule.message().startsWith(state) ? rule.message() : state + ": " + rule.message();
    }
}
