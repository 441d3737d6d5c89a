package io.varuna.rest;

import io.varuna.api.manage.FunctionDescription;
import io.varuna.api.manage.FunctionService;
import io.varuna.api.manage.PluginDescription;
import io.varuna.api.manage.PluginService;
import io.varuna.api.manage.PropertyDescription;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What statements and rules can name, described for user interfaces. */
final class MetadataRoutes {
    private final FunctionService functions;
    private final PluginService plugins;

    MetadataRoutes(FunctionService functions, PluginService plugins) {
        this.functions = functions;
        this.plugins = plugins;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/metadata/functions", this::listFunctions),
                // of rules that are graphs, which there are not
                Route.get("/metadata/operators", exchange -> exchange.sendJson(200, List.of())),
                Route.get("/metadata/{kind}", this::list),
                Route.get("/metadata/{kind}/{name}", this::get));
    }

    private void listFunctions(Exchange exchange) throws IOException {
        exchange.sendJson(
                200, functions.list().stream().map(MetadataRoutes::function).toList());
    }

    private void list(Exchange exchange) throws IOException {
        exchange.sendJson(
                200,
                plugins.list(PluginRoutes.kind(exchange)).stream()
                        .map(MetadataRoutes::plugin)
                        .toList());
    }

    private void get(Exchange exchange) throws IOException {
        PluginDescription plugin = plugins.get(PluginRoutes.kind(exchange), exchange.path("name"));
        Map<String, Object> json = plugin(plugin);
        json.put(
                "properties",
                plugin.properties().stream().map(MetadataRoutes::property).toList());
        exchange.sendJson(200, json);
    }

    private static Map<String, Object> plugin(PluginDescription plugin) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", plugin.name());
        json.put("version", plugin.version());
        json.put("plugin", plugin.plugin());
        return json;
    }

    private static Map<String, Object> property(PropertyDescription property) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", property.name());
        json.put("type", property.type());
        json.put("optional", !property.required());
        json.put("default", property.defaultValue());
        json.put("hint", Map.of("en_US", property.description()));
        return json;
    }

    private static Map<String, Object> function(FunctionDescription function) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", function.name());
        json.put("aliases", function.aliases());
        json.put("kind", function.kind());
        json.put("signature", function.signature());
        json.put("doc", function.doc());
        json.put("examples", function.examples());
        return json;
    }
}
