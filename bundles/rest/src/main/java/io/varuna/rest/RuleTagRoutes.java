package io.varuna.rest;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.api.manage.RuleService;
import io.varuna.api.manage.RuleSummary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/** The tags of rules, and commands for all rules that have them. */
final class RuleTagRoutes {
    private static final String TAGS = "tags";

    private final RuleService rules;

    RuleTagRoutes(RuleService rules) {
        this.rules = rules;
    }

    List<Route> routes() {
        String tags = "/rules/{id}/tags";
        return List.of(
                Route.put(tags, change((old, given) -> given)),
                Route.patch(tags, change(RuleTagRoutes::union)),
                Route.delete(tags, change(RuleTagRoutes::difference)),
                Route.get("/rules/tags/match", this::match),
                Route.post("/rules/bulkstart", bulk(rules::start)),
                Route.post("/rules/bulkstop", bulk(rules::stop)));
    }

    private Handler change(BiFunction<Set<String>, Set<String>, Set<String>> change) {
        return exchange -> {
            String id = exchange.path("id");
            Set<String> given =
                    new LinkedHashSet<>(Body.of(exchange.body(), TAGS).texts(TAGS));
            Set<String> old = new LinkedHashSet<>(tagsOf(id));
            rules.setTags(id, List.copyOf(change.apply(old, given)));
            exchange.response().setStatus(200);
        };
    }

    /** The tags are in the body, as in eKuiper, or in the query, for clients that send no body with GET. */
    private void match(Exchange exchange) throws Exception {
        List<String> tags =
                exchange.query(TAGS).map(text -> List.of(text.split(",", -1))).orElse(List.of());
        String body = tags.isEmpty() ? exchange.body() : "";
        if (!body.isBlank()) {
            tags = Body.of(body, TAGS).texts(TAGS);
        }
        exchange.sendJson(
                200, Map.of("rules", tagged(tags).stream().map(RuleSummary::id).toList()));
    }

    private Handler bulk(Consumer<String> command) {
        return exchange -> {
            Body body = Body.of(exchange.body(), TAGS);
            List<String> tags = body.texts(TAGS);
            if (tags.isEmpty()) {
                throw body.invalid("The body needs '" + TAGS + "', a list of texts");
            }
            List<RuleSummary> chosen = tagged(tags);
            if (chosen.isEmpty()) {
                throw new VarunaException(
                        StandardError.INVALID_RULE, "No rule has the tags '" + String.join("', '", tags) + "'.");
            }
            List<Map<String, Object>> results = new ArrayList<>();
            for (RuleSummary rule : chosen) {
                results.add(result(rule.id(), command));
            }
            exchange.sendJson(200, results);
        };
    }

    private static Map<String, Object> result(String id, Consumer<String> command) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("ruleId", id);
        try {
            command.accept(id);
            result.put("success", true);
        } catch (VarunaException e) {
            result.put("success", false);
            result.put("error", e.getMessage());
        }
        return result;
    }

    private List<RuleSummary> tagged(List<String> tags) {
        return rules.list().stream()
                .filter(rule -> rule.tags().containsAll(tags))
                .toList();
    }

    private List<String> tagsOf(String id) {
        return rules.list().stream()
                .filter(rule -> rule.id().equals(id))
                .map(RuleSummary::tags)
                .findFirst()
                .orElse(List.of());
    }

    private static Set<String> union(Set<String> old, Set<String> given) {
        Set<String> union = new LinkedHashSet<>(old);
        union.addAll(given);
        return union;
    }

    private static Set<String> difference(Set<String> old, Set<String> given) {
        Set<String> difference = new LinkedHashSet<>(old);
        difference.removeAll(given);
        return difference;
    }
}
