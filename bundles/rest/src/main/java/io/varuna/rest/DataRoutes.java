package io.varuna.rest;

import io.varuna.api.manage.DataService;
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

    private final DataService data;
    private final Documents documents;
    private volatile Map<String, Map<String, String>> last = Map.of();

    DataRoutes(DataService data, Documents documents) {
        this.data = data;
        this.documents = documents;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/data/export", exchange -> export(exchange, data.export(exchange.flag("secrets")))),
                Route.post("/data/export", this::exportRules),
                Route.post("/data/import", this::load),
                Route.get("/data/import/status", exchange -> exchange.sendJson(200, sections(last))));
    }

    private void exportRules(Exchange exchange) throws Exception {
        boolean secrets = exchange.flag("secrets");
        export(exchange, data.export(Json.texts(exchange.body(), "The body"), secrets));
    }

    private static void export(Exchange exchange, String document) throws IOException {
        exchange.response().setHeader("Content-Disposition", "attachment; filename=\"varuna_data.json\"");
        exchange.send(200, "application/json", document);
    }

    private void load(Exchange exchange) throws Exception {
        boolean partial = exchange.flag("partial");
        Body body = Body.of(exchange.body(), "content", "file");
        Optional<String> content = body.optionalText("content");
        Optional<String> file = body.optionalText("file");
        if (content.isPresent() == file.isPresent()) {
            throw body.invalid("The body needs either 'content', the document as a text, or 'file', its address");
        }
        String document = content.isPresent() ? content.get() : documents.fetch(file.get());
        Map<String, Map<String, String>> refused = partial ? data.add(document) : data.replace(document);
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
