package io.varuna.rest;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.api.manage.RuleService;
import io.varuna.api.manage.RuleStatus;
import io.varuna.api.manage.RuleSummary;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How rules are doing. */
final class RuleStatusRoutes {
    private final RuleService rules;

    RuleStatusRoutes(RuleService rules) {
        this.rules = rules;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/rules/{id}/status", this::status),
                Route.get("/v2/rules/{id}/status", this::status),
                Route.get("/rules/status/all", this::all));
    }

    private void status(Exchange exchange) throws IOException {
        RuleStatus status = rules.status(exchange.path("id"));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("status", status.state().text());
        json.put("message", status.message());
        json.put("lastStartTimestamp", status.lastStart());
        json.put("lastStopTimestamp", status.lastStop());
        json.put("nextStartTimestamp", status.nextStart());
        json.putAll(status.metrics());
        exchange.sendJson(200, json);
    }

    private void all(Exchange exchange) throws IOException {
        Map<String, Object> json = new LinkedHashMap<>();
        for (RuleSummary rule : rules.list()) {
            try {
                json.put(rule.id(), brief(rules.status(rule.id())));
            } catch (VarunaException e) {
                // a rule that was deleted since the list was made is no error of the others
                if (e.code() != StandardError.RULE_NOT_FOUND) {
                    throw e;
                }
            }
        }
        exchange.sendJson(200, json);
    }

    private static Map<String, Object> brief(RuleStatus status) {
        String last = "";
        for (Map.Entry<String, Object> metric : status.metrics().entrySet()) {
            if (metric.getKey().endsWith("_last_exception")
                    && !metric.getValue().toString().isEmpty()) {
                last = metric.getValue().toString();
            }
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("status", status.state().text());
        json.put("message", status.message());
        json.put("last_exception", last);
        json.put("exceptions_total", sum(status, "", "_exceptions_total"));
        json.put("records_in_total", sum(status, "source_", "_records_in_total"));
        json.put("records_out_total", sum(status, "sink_", "_records_out_total"));
        return json;
    }

    /** Returns the sum of a figure over the steps whose names begin so. */
    private static long sum(RuleStatus status, String step, String figure) {
        return status.metrics().entrySet().stream()
                .filter(metric -> metric.getKey().startsWith(step)
                        && metric.getKey().endsWith(figure)
                        && metric.getValue() instanceof Number)
                .mapToLong(metric -> ((Number) metric.getValue()).longValue())
                .sum();
    }
}
