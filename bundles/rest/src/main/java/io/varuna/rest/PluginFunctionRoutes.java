package io.varuna.rest;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.api.manage.FunctionService;
import io.varuna.api.manage.PluginDescription;
import io.varuna.api.manage.PluginKind;
import io.varuna.api.manage.PluginService;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The functions that plugins have, each by all names that statements can call it by. */
final class PluginFunctionRoutes {
    private final PluginService plugins;
    private final FunctionService functions;

    PluginFunctionRoutes(PluginService plugins, FunctionService functions) {
        this.plugins = plugins;
        this.functions = functions;
    }

    List<Route> routes() {
        return List.of(
                Route.post("/plugins/functions/{name}/register", this::register),
                Route.get("/plugins/udfs", this::list),
                Route.get("/plugins/udfs/{name}", this::get));
    }

    /** Compares what eKuiper's clients register after an installation with what is there: functions need no registration. */
    private void register(Exchange exchange) throws Exception {
        Body body = Body.of(exchange.body(), "functions");
        List<String> wanted = body.texts("functions");
        if (wanted.isEmpty()) {
            throw body.invalid("The body needs 'functions', a list of the names of functions");
        }
        PluginDescription library = plugins.get(PluginKind.FUNCTION, exchange.path("name"));
        List<String> missing = wanted.stream()
                .filter(function -> !has(library, ownName(function)))
                .toList();
        if (!missing.isEmpty()) {
            throw new VarunaException(
                    StandardError.PLUGIN_REJECTED,
                    "Plugin '" + library.name() + "' does not have the functions " + String.join(", ", missing)
                            + ". It has: " + String.join(", ", library.functions()) + ".");
        }
        exchange.sendText(
                200, "The functions " + String.join(", ", wanted) + " of plugin " + library.name() + " can be called");
    }

    private void list(Exchange exchange) throws IOException {
        exchange.sendJson(
                200,
                plugins.list(PluginKind.FUNCTION).stream()
                        .flatMap(plugin -> plugin.functions().stream())
                        .sorted()
                        .toList());
    }

    private void get(Exchange exchange) throws IOException {
        String name = exchange.path("name");
        String own = ownName(name);
        PluginDescription plugin = plugins.list(PluginKind.FUNCTION).stream()
                .filter(candidate -> has(candidate, own))
                .findFirst()
                .orElseThrow(() -> new VarunaException(
                        StandardError.PLUGIN_NOT_FOUND, "No installed plugin has a function '" + name + "'."));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", name);
        json.put("plugin", plugin.name());
        exchange.sendJson(200, json);
    }

    private static boolean has(PluginDescription library, String function) {
        return library.functions().stream().anyMatch(function::equalsIgnoreCase);
    }

    /** Returns the name under which a plugin lists a function that is called by another one, such as eKuiper's. */
    private String ownName(String called) {
        return functions.list().stream()
                .filter(function -> function.aliases().stream().anyMatch(called::equalsIgnoreCase))
                .findFirst()
                .map(function -> function.name())
                .orElse(called);
    }
}
