package io.varuna.rest;

import io.varuna.api.manage.RuleService;
import java.util.List;

/** The output of rules and of statements that are not stored, live. */
final class OutputRoutes {
    private final RuleService rules;
    private final EventStreams streams;

    OutputRoutes(RuleService rules, EventStreams streams) {
        this.rules = rules;
        this.streams = streams;
    }

    List<Route> routes() {
        return List.of(
                Route.get(
                        "/rules/{id}/tail",
                        exchange -> streams.answer(
                                exchange, (listener, ended) -> rules.tail(exchange.path("id"), listener))),
                Route.post("/query", exchange -> {
                    String select = Body.of(exchange.body(), "sql").text("sql");
                    streams.answer(exchange, (listener, ended) -> rules.query(select, listener));
                }));
    }
}
