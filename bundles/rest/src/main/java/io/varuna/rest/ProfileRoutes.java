package io.varuna.rest;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.api.manage.PluginKind;
import io.varuna.api.manage.PluginService;
import io.varuna.api.manage.ProfileService;
import io.varuna.api.manage.PropertyProfile;
import io.varuna.api.manage.Secrets;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Named properties, which eKuiper calls configuration keys. Secrets are never answered, and stay when they come back hidden. */
final class ProfileRoutes {
    private final ProfileService profiles;
    private final PluginService plugins;

    ProfileRoutes(ProfileService profiles, PluginService plugins) {
        this.profiles = profiles;
        this.plugins = plugins;
    }

    List<Route> routes() {
        String all = "/metadata/{kind}/{name}/confKeys";
        String one = all + "/{key}";
        return List.of(
                Route.get("/metadata/{kind}/yaml/{name}", this::list),
                Route.get(all, this::list),
                Route.get(one, this::get),
                Route.put(one, this::put),
                Route.delete(one, this::delete),
                Route.get("/metadata/resources", this::resources));
    }

    private void list(Exchange exchange) throws IOException {
        PluginKind kind = PluginRoutes.kind(exchange);
        String type = exchange.path("name");
        Map<String, Object> json = new LinkedHashMap<>();
        profiles.list(kind).stream()
                .filter(profile -> profile.type().equals(type))
                .forEach(profile -> json.putIfAbsent(profile.name(), Secrets.hidden(profile.properties())));
        if (json.isEmpty()) {
            // says so if there is no such plugin either
            plugins.get(kind, type);
        }
        exchange.sendJson(200, json);
    }

    private void get(Exchange exchange) throws IOException {
        PropertyProfile profile = find(exchange).orElseThrow(() -> missing(exchange));
        exchange.sendJson(200, Secrets.hidden(profile.properties()));
    }

    private void put(Exchange exchange) throws Exception {
        Map<String, Object> given = Json.object(exchange.body(), "The body");
        Map<String, @Nullable Object> former =
                find(exchange).map(PropertyProfile::properties).orElse(Map.of());
        String type = exchange.path("name");
        String key = exchange.path("key");
        profiles.put(new PropertyProfile(PluginRoutes.kind(exchange), type, key, "", Secrets.kept(given, former)));
        exchange.sendText(200, "Properties " + key + " of " + type + " are set.");
    }

    private void delete(Exchange exchange) throws IOException {
        String type = exchange.path("name");
        String key = exchange.path("key");
        if (!profiles.remove(PluginRoutes.kind(exchange), type, key)) {
            throw missing(exchange);
        }
        exchange.sendText(200, "Properties " + key + " of " + type + " are removed.");
    }

    /** Shows the names of all, with the type that they are for. */
    private void resources(Exchange exchange) throws IOException {
        Map<String, Object> json = new LinkedHashMap<>();
        for (PluginKind kind : List.of(PluginKind.SOURCE, PluginKind.SINK)) {
            json.put(
                    kind.plural(),
                    profiles.list(kind).stream()
                            .map(profile -> Map.of(profile.name(), profile.type()))
                            .toList());
        }
        exchange.sendJson(200, json);
    }

    private Optional<PropertyProfile> find(Exchange exchange) {
        PluginKind kind = PluginRoutes.kind(exchange);
        return profiles.list(kind).stream()
                .filter(profile -> profile.isFor(kind, exchange.path("name"), exchange.path("key")))
                .findFirst();
    }

    private static VarunaException missing(Exchange exchange) {
        return new VarunaException(
                StandardError.KEY_NOT_FOUND,
                "There are no properties '" + exchange.path("key") + "' of type '" + exchange.path("name")
                        + "' that could be shown or removed. GET '/metadata/" + exchange.path("kind") + "/"
                        + exchange.path("name") + "/confKeys' lists those that there are.");
    }
}
