package io.varuna.rest;

import io.varuna.api.manage.AvailablePlugin;
import io.varuna.api.manage.CatalogService;
import io.varuna.api.manage.PluginKind;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Plugins that catalogues have. */
final class CatalogRoutes {
    private final CatalogService catalogs;

    CatalogRoutes(CatalogService catalogs) {
        this.catalogs = catalogs;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/plugins/available", this::available),
                Route.get("/plugins/{kind}/prebuild", this::prebuilt));
    }

    private void available(Exchange exchange) throws IOException {
        exchange.sendJson(200, catalogs.list().stream().map(CatalogRoutes::json).toList());
    }

    private static Map<String, Object> json(AvailablePlugin plugin) {
        Map<String, Object> offers = new LinkedHashMap<>();
        new TreeMap<>(plugin.offers()).forEach((kind, names) -> offers.put(kind.plural(), names));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", plugin.name());
        json.put("version", plugin.version());
        json.put("description", plugin.description());
        json.put("offers", offers);
        json.put("functions", plugin.functions());
        json.put("fits", plugin.fits());
        json.put("obstacle", plugin.obstacle());
        json.put("bytes", plugin.bytes());
        json.put("sha256", plugin.sha256());
        json.put("signer", plugin.signer());
        json.put("file", plugin.address());
        return json;
    }

    /** Answers in eKuiper's form: addresses by name, for what can be installed here. */
    private void prebuilt(Exchange exchange) throws IOException {
        PluginKind kind = PluginRoutes.kind(exchange);
        Map<String, Object> addresses = new TreeMap<>();
        catalogs.list().stream().filter(AvailablePlugin::fits).forEach(plugin -> plugin.offers()
                .getOrDefault(kind, List.of())
                .forEach(name -> addresses.putIfAbsent(name, plugin.address())));
        exchange.sendJson(200, addresses);
    }
}
