package io.varuna.rest;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Everything that is configured as one document. */
final class DataRoutes {
    /** The sections of an answer, as eKuiper has them; what it does not have comes after them. */
    private static final List<String> SECTIONS =
            List.of("streams", "tables", "rules", "nativePlugins", "sources", "sinks", "connections", "uploads");

    private final DataStore data;
    private final Documents documents;
    private volatile Map<String, Map<String, String>> last = Map.of();

    DataRoutes(DataStore data, Documents documents) {
        this.data = data;
        this.documents = documents;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/data/export", exchange -> export(exchange, data.export())),
                Route.post("/data/export", this::exportRules),
                Route.post("/data/import", this::load),
                Route.get("/data/import/status", exchange -> exchange.sendJson(200, sections(last))));
    }

    private void exportRules(Exchange exchange) throws Exception {
        export(exchange, data.export(Json.texts(exchange.body(), "The body")));
    }

    private static void export(Exchange exchange, DataDocument document) throws IOException {
        boolean secrets = exchange.flag("secrets");
        exchange.response().setHeader("Content-Disposition", "attachment; filename=\"varuna_data.json\"");
        exchange.send(200, "application/json", document.json(secrets));
    }

    private void load(Exchange exchange) throws Exception {
        boolean partial = exchange.flag("partial");
        Body body = Body.of(exchange.body(), "content", "file");
        Optional<String> content = body.optionalText("content");
        Optional<String> file = body.optionalText("file");
        if (content.isPresent() == file.isPresent()) {
            throw body.invalid("The body needs either 'content', the document as a text, or 'file', its address");
        }
        DataDocument document = DataDocument.parse(content.isPresent() ? content.get() : documents.fetch(file.get()));
        Map<String, Map<String, String>> refused = data.load(document, partial);
        last = refused;
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("ErrorMsg", refused.isEmpty() ? "" : message(partial));
        json.put("ConfigResponse", sections(refused));
        exchange.sendJson(refused.isEmpty() ? 200 : 400, json);
    }

    private static String message(boolean partial) {
        return partial
                ? "What is named here was not imported; the rest was."
                : "Nothing was imported, because of what is named here.";
    }

    private static Map<String, Object> sections(Map<String, Map<String, String>> refused) {
        Map<String, Object> sections = new LinkedHashMap<>();
        SECTIONS.forEach(section -> sections.put(section, refused.getOrDefault(section, Map.of())));
        refused.forEach(sections::putIfAbsent);
        return sections;
    }
}
