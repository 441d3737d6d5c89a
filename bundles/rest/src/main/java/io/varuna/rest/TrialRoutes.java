package io.varuna.rest;

import io.varuna.api.manage.TrialService;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Rules that are tried before they are created. */
final class TrialRoutes {
    private final TrialService trials;
    private final EventStreams streams;

    TrialRoutes(TrialService trials, EventStreams streams) {
        this.trials = trials;
        this.streams = streams;
    }

    List<Route> routes() {
        String one = "/ruletest/{id}";
        return List.of(
                Route.post("/ruletest", this::create),
                Route.post(one + "/start", this::start),
                Route.delete(one, this::delete),
                Route.get(
                        "/test/{id}",
                        exchange -> streams.answer(
                                exchange, (listener, ended) -> trials.listen(exchange.path("id"), listener, ended))));
    }

    private void create(Exchange exchange) throws Exception {
        String id = trials.create(exchange.body());
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", id);
        // eKuiper has another one for events; here it is the one that was asked
        json.put("port", exchange.request().getServerPort());
        exchange.sendJson(200, json);
    }

    private void start(Exchange exchange) throws IOException {
        String id = exchange.path("id");
        trials.start(id);
        exchange.sendText(200, "Test rule " + id + " was started");
    }

    private void delete(Exchange exchange) throws IOException {
        String id = exchange.path("id");
        trials.remove(id);
        exchange.sendText(200, "Test rule " + id + " was stopped.");
    }
}
