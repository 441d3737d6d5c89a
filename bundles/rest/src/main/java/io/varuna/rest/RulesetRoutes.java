package io.varuna.rest;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.api.manage.RuleService;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Streams, tables and rules as one document. */
final class RulesetRoutes {
    private final RuleService rules;
    private final Documents documents;

    RulesetRoutes(RuleService rules, Documents documents) {
        this.rules = rules;
        this.documents = documents;
    }

    List<Route> routes() {
        return List.of(
                Route.post("/ruleset/export", this::exportRuleset), Route.post("/ruleset/import", this::importRuleset));
    }

    private void exportRuleset(Exchange exchange) throws IOException {
        String document = rules.exportRuleset();
        exchange.response().setHeader("Content-Disposition", "attachment; filename=\"varuna_export.json\"");
        exchange.send(200, "application/octet-stream", document);
    }

    private void importRuleset(Exchange exchange) throws Exception {
        Body body = Body.of(exchange.body(), "content", "file");
        Optional<String> content = body.optionalText("content");
        Optional<String> file = body.optionalText("file");
        if (content.isPresent() == file.isPresent()) {
            throw body.invalid("The body needs either 'content', the document as a text, or 'file', its address");
        }
        String document = content.isPresent() ? content.get() : documents.fetch(file.get());
        Map<String, Object> members = Json.object(document, "The document");
        Map<String, String> refused = rules.importRuleset(document);
        if (!refused.isEmpty()) {
            throw new VarunaException(StandardError.INVALID_RULE, refusal(refused));
        }
        exchange.sendText(
                200,
                "imported " + count(members, "streams") + " streams, " + count(members, "tables") + " tables and "
                        + count(members, "rules") + " rules");
    }

    private static String refusal(Map<String, String> refused) {
        return refused.entrySet().stream()
                .map(entry -> "'" + entry.getKey() + "': " + entry.getValue())
                .collect(Collectors.joining("\n", "The rest was imported, but not\n", ""));
    }

    private static int count(Map<String, Object> members, String name) {
        return members.get(name) instanceof Map<?, ?> map ? map.size() : 0;
    }
}
