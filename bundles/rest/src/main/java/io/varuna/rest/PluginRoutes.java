package io.varuna.rest;

import io.varuna.api.error.NearestName;
import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.api.manage.PluginChange;
import io.varuna.api.manage.PluginDescription;
import io.varuna.api.manage.PluginKind;
import io.varuna.api.manage.PluginRequest;
import io.varuna.api.manage.PluginService;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Plugins: what is installed, and how to change that. */
final class PluginRoutes {
    private static final String DRY_RUN = "dryRun";

    private final PluginService plugins;

    PluginRoutes(PluginService plugins) {
        this.plugins = plugins;
    }

    List<Route> routes() {
        String all = "/plugins/{kind}";
        String one = all + "/{name}";
        return List.of(
                Route.get(all, this::list),
                Route.post(all, this::create),
                Route.get(one, this::get),
                Route.upload(one, this::upload),
                Route.put(one, this::replace),
                Route.delete(one, this::delete),
                Route.post(one + "/rollback", this::rollback),
                Route.get("/plugins/events", this::events));
    }

    /** Returns the kind that a path names; an unknown one is an unknown path. */
    static PluginKind kind(Exchange exchange) {
        String plural = exchange.path("kind");
        return Arrays.stream(PluginKind.values())
                .filter(kind -> kind.plural().equals(plural))
                .findFirst()
                .orElseThrow(() -> noKind(plural));
    }

    private static VarunaException noKind(String plural) {
        List<String> known =
                Arrays.stream(PluginKind.values()).map(PluginKind::plural).toList();
        String nearest = NearestName.question(plural, known);
        return new VarunaException(
                StandardError.PLUGIN_NOT_FOUND,
                "There are no plugins of kind '" + plural + "'." + nearest + " There are: " + String.join(", ", known)
                        + ".");
    }

    private void list(Exchange exchange) throws IOException {
        exchange.sendJson(
                200,
                plugins.list(kind(exchange)).stream()
                        .filter(PluginDescription::isAdmitted)
                        .map(PluginDescription::name)
                        .toList());
    }

    private void get(Exchange exchange) throws IOException {
        PluginDescription plugin = plugins.get(kind(exchange), exchange.path("name"));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", plugin.name());
        json.put("version", plugin.version());
        if (plugin.kind() == PluginKind.FUNCTION) {
            json.put("functions", plugin.functions());
        }
        // only where it is asked for: the short answer is eKuiper's
        if (exchange.flag("verbose") && !plugin.signer().isEmpty()) {
            json.put("signer", plugin.signer());
        }
        if (!plugin.isAdmitted()) {
            json.put("refused", plugin.refusal());
        }
        exchange.sendJson(200, json);
    }

    private void create(Exchange exchange) throws Exception {
        PluginKind kind = kind(exchange);
        Body body = body(exchange);
        String name = body.text("name");
        PluginRequest request = request(kind, name, body);
        if (exchange.flag(DRY_RUN)) {
            exchange.sendJson(200, PluginChanges.json(plugins.previewInstall(request)));
            return;
        }
        PluginChange change = plugins.install(request);
        exchange.sendText(201, PluginChanges.text(kind.plural() + " plugin " + name + " is created", change));
    }

    /** Takes the file itself, whatever its type is said to be. */
    private void upload(Exchange exchange) throws IOException {
        PluginKind kind = kind(exchange);
        String name = exchange.path("name");
        PluginRequest request = new PluginRequest(
                kind,
                name,
                exchange.query("file").orElse(name + ".jar"),
                List.of(),
                exchange.query("sha256").orElse(""));
        InputStream content = exchange.request().getInputStream();
        if (exchange.flag(DRY_RUN)) {
            exchange.sendJson(200, PluginChanges.json(plugins.previewInstall(request, content)));
            return;
        }
        PluginChange change = plugins.install(request, content);
        exchange.sendText(201, PluginChanges.text(kind.plural() + " plugin " + name + " is created", change));
    }

    private void replace(Exchange exchange) throws Exception {
        PluginKind kind = kind(exchange);
        String name = exchange.path("name");
        Body body = body(exchange);
        if (!body.optionalText("name").orElse(name).equals(name)) {
            throw body.invalid("'name' in the body is not '" + name + "' as in the path");
        }
        plugins.get(kind, name);
        PluginRequest request = request(kind, name, body);
        if (exchange.flag(DRY_RUN)) {
            exchange.sendJson(200, PluginChanges.json(plugins.previewInstall(request)));
            return;
        }
        PluginChange change = plugins.install(request);
        exchange.sendText(200, PluginChanges.text(kind.plural() + " plugin " + name + " is updated", change));
    }

    private void events(Exchange exchange) throws IOException {
        exchange.sendJson(
                200, plugins.events().stream().map(PluginChanges::json).toList());
    }

    private void rollback(Exchange exchange) throws IOException {
        exchange.sendJson(200, PluginChanges.json(plugins.rollback(kind(exchange), exchange.path("name"))));
    }

    private static PluginRequest request(PluginKind kind, String name, Body body) {
        return new PluginRequest(
                kind,
                name,
                body.optionalText("file").orElse(""),
                body.texts("functions"),
                body.optionalText("sha256").orElse(""));
    }

    private void delete(Exchange exchange) throws IOException {
        PluginKind kind = kind(exchange);
        String name = exchange.path("name");
        if (exchange.flag(DRY_RUN)) {
            exchange.sendJson(200, PluginChanges.json(plugins.previewRemoval(kind, name)));
            return;
        }
        PluginChange change = plugins.remove(kind, name, exchange.flag("force"));
        exchange.sendText(200, PluginChanges.text(kind.plural() + " plugin " + name + " is deleted", change));
    }

    /** Install scripts, eKuiper's {@code shellParas} among them, do not exist here; an empty list is let pass. */
    private static Body body(Exchange exchange) throws UnsupportedBodyException {
        Body body = Body.of(exchange.body(), "name", "file", "functions", "sha256", "shellParas");
        if (!body.texts("shellParas").isEmpty()) {
            throw body.invalid("'shellParas' cannot be used, because plugins have no install scripts");
        }
        return body;
    }
}
