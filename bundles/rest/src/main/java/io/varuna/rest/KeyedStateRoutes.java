package io.varuna.rest;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.api.manage.KeyedStateService;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The values that all rules share. */
final class KeyedStateRoutes {
    private static final String VALUE = "value";

    private final KeyedStateService state;

    KeyedStateRoutes(KeyedStateService state) {
        this.state = state;
    }

    List<Route> routes() {
        String one = "/keyedstate/{key}";
        return List.of(
                Route.get("/keyedstate", exchange -> exchange.sendJson(200, state.keys())),
                Route.get(one, this::get),
                Route.put(one, this::put),
                Route.delete(one, this::delete));
    }

    private void get(Exchange exchange) throws IOException {
        String key = exchange.path("key");
        Optional<Object> value = state.get(key);
        if (value.isEmpty()) {
            throw missing(key);
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("key", key);
        json.put(VALUE, value.get());
        exchange.sendJson(200, json);
    }

    private void put(Exchange exchange) throws Exception {
        String key = exchange.path("key");
        Body body = Body.of(exchange.body(), VALUE);
        Object value = body.value(VALUE)
                .orElseThrow(
                        () -> body.invalid("The body needs '" + VALUE + "', which is not null; DELETE removes a key"));
        state.put(Map.of(key, value));
        exchange.sendText(200, "Key " + key + " is set.");
    }

    private void delete(Exchange exchange) throws IOException {
        String key = exchange.path("key");
        if (!state.remove(key)) {
            throw missing(key);
        }
        exchange.sendText(200, "Key " + key + " is removed.");
    }

    private static VarunaException missing(String key) {
        return new VarunaException(
                StandardError.KEY_NOT_FOUND,
                "The keyed state has no key '" + key + "'. GET '/keyedstate' lists those that there are.");
    }
}
