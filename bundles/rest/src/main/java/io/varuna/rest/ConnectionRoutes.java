package io.varuna.rest;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.api.manage.ConnectionService;
import io.varuna.api.manage.PluginKind;
import io.varuna.api.manage.ProfileService;
import io.varuna.api.manage.PropertyProfile;
import io.varuna.api.manage.Secrets;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Connections with a name, which are named properties of kind connection, and whether the other end is there. */
final class ConnectionRoutes {
    private static final String TYPE = "typ";
    private static final String PROPERTIES = "props";

    private final ProfileService profiles;
    private final ConnectionService connections;

    ConnectionRoutes(ProfileService profiles, ConnectionService connections) {
        this.profiles = profiles;
        this.connections = connections;
    }

    List<Route> routes() {
        String all = "/connections";
        String one = all + "/{id}";
        return List.of(
                Route.get(all, this::list),
                Route.post(all, this::create),
                Route.get(one, this::get),
                Route.put(one, this::replace),
                Route.delete(one, this::delete),
                Route.post("/metadata/{kind}/connection/{name}", this::test));
    }

    private void list(Exchange exchange) throws IOException {
        List<PropertyProfile> known = profiles.list(PluginKind.CONNECTION);
        // all at once, as each may take seconds
        List<CompletableFuture<Optional<String>>> troubles =
                known.stream().map(this::trouble).toList();
        List<Map<String, Object>> json = new ArrayList<>();
        for (int i = 0; i < known.size(); i++) {
            json.add(json(known.get(i), troubles.get(i).join()));
        }
        exchange.sendJson(200, json);
    }

    private void get(Exchange exchange) throws IOException {
        PropertyProfile profile = find(exchange.path("id"));
        exchange.sendJson(200, json(profile, trouble(profile).join()));
    }

    private void create(Exchange exchange) throws Exception {
        Body body = Body.of(exchange.body(), "id", TYPE, PROPERTIES);
        String id = body.text("id");
        if (named(id).isPresent()) {
            throw new VarunaException(
                    StandardError.INVALID_PROPERTY,
                    "There is a connection '" + id + "' already. Change it by PUT, or delete it first.");
        }
        profiles.put(profile(body, id, body.text(TYPE)));
        exchange.sendText(201, "success");
    }

    private void replace(Exchange exchange) throws Exception {
        PropertyProfile former = find(exchange.path("id"));
        Body body = Body.of(exchange.body(), "id", TYPE, PROPERTIES);
        if (!body.optionalText("id").orElse(former.name()).equals(former.name())) {
            throw body.invalid("'id' must be '" + former.name() + "', as the path says, or be left out");
        }
        String type = body.optionalText(TYPE).orElse(former.type());
        if (!type.equals(former.type())) {
            throw body.invalid("'" + TYPE + "' of connection '" + former.name() + "' stays '" + former.type()
                    + "'; delete it and create another one");
        }
        PropertyProfile given = profile(body, former.name(), type);
        profiles.put(new PropertyProfile(
                given.kind(), given.type(), given.name(), "", Secrets.kept(given.properties(), former.properties())));
        exchange.sendText(200, "success");
    }

    private void delete(Exchange exchange) throws IOException {
        PropertyProfile profile = find(exchange.path("id"));
        if (!profiles.remove(profile.kind(), profile.type(), profile.name())) {
            throw new VarunaException(
                    StandardError.INVALID_PROPERTY,
                    "The connection '" + profile.name() + "' was brought by plugin '" + profile.plugin()
                            + "', and goes with it.");
        }
        exchange.sendText(200, "success");
    }

    /** Tries the properties in the body, with which no stream or rule needs to exist. */
    private void test(Exchange exchange) throws Exception {
        PluginRoutes.kind(exchange);
        Map<String, Object> properties = Json.object(exchange.body(), "The body");
        try {
            connections.test(exchange.path("name"), properties).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof VarunaException known ? known : e;
        }
        exchange.sendText(200, "success");
    }

    private static PropertyProfile profile(Body body, String id, String type) {
        Map<String, @Nullable Object> properties = new LinkedHashMap<>();
        if (body.value(PROPERTIES).orElse(Map.of()) instanceof Map<?, ?> given) {
            given.forEach((key, value) -> properties.put(String.valueOf(key), value));
            return new PropertyProfile(PluginKind.CONNECTION, type, id, "", properties);
        }
        throw body.invalid("'" + PROPERTIES + "' must be an object");
    }

    /** Returns what is wrong with a connection, or empty when the other end has answered. */
    private CompletableFuture<Optional<String>> trouble(PropertyProfile profile) {
        CompletableFuture<Void> tested;
        try {
            tested = connections.test(profile.type(), profile.properties());
        } catch (VarunaException e) {
            // such as a plugin that is not there
            return CompletableFuture.completedFuture(Optional.of(String.valueOf(e.getMessage())));
        }
        return tested.handle((nothing, failure) -> failure == null
                ? Optional.empty()
                : Optional.of(
                        String.valueOf((failure.getCause() == null ? failure : failure.getCause()).getMessage())));
    }

    private Map<String, Object> json(PropertyProfile profile, Optional<String> trouble) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", profile.name());
        json.put(TYPE, profile.type());
        json.put(PROPERTIES, Secrets.hidden(profile.properties()));
        json.put("isNamed", true);
        json.put("status", trouble.isEmpty() ? "connected" : "disconnected");
        json.put("err", Secrets.hidden(trouble.orElse("")));
        json.put(
                "refCount",
                profiles.users(profile.kind(), profile.type(), profile.name()).size());
        return json;
    }

    private Optional<PropertyProfile> named(String id) {
        return profiles.list(PluginKind.CONNECTION).stream()
                .filter(profile -> profile.name().equals(id))
                .findFirst();
    }

    private PropertyProfile find(String id) {
        return named(id)
                .orElseThrow(() -> new VarunaException(
                        StandardError.KEY_NOT_FOUND,
                        "There is no connection '" + id + "'. GET '/connections' lists those that there are."));
    }
}
