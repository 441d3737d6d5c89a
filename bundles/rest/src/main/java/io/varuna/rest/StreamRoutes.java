package io.varuna.rest;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.api.manage.StreamDescription;
import io.varuna.api.manage.StreamKind;
import io.varuna.api.manage.StreamService;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Streams, or tables: the same routes under two names. */
final class StreamRoutes {
    private final StreamService streams;
    private final boolean tables;
    private final String word;

    StreamRoutes(StreamService streams, boolean tables) {
        this.streams = streams;
        this.tables = tables;
        this.word = tables ? "table" : "stream";
    }

    List<Route> routes() {
        String all = "/" + word + "s";
        String one = all + "/{name}";
        return List.of(
                Route.get(all, this::list),
                Route.post(all, this::execute),
                Route.get("/" + word + "details", this::details),
                Route.get(one, exchange -> exchange.sendJson(200, StreamJson.of(get(exchange)))),
                Route.put(one, this::replace),
                Route.delete(one, this::drop),
                Route.get(
                        one + "/schema",
                        exchange -> exchange.sendJson(
                                200, StreamJson.schema(get(exchange).schema()))));
    }

    private void list(Exchange exchange) throws IOException {
        exchange.sendJson(
                200, listed(exchange).stream().map(StreamDescription::name).toList());
    }

    private void details(Exchange exchange) throws IOException {
        exchange.sendJson(
                200, listed(exchange).stream().map(StreamRoutes::detail).toList());
    }

    /** Any statement about streams is taken, as eKuiper does; a client may use it as a console. */
    private void execute(Exchange exchange) throws Exception {
        String sql = Body.of(exchange.body(), "sql").text("sql");
        exchange.sendText(201, streams.execute(sql));
    }

    private void replace(Exchange exchange) throws Exception {
        String sql = Body.of(exchange.body(), "sql").text("sql");
        String name = get(exchange).name();
        streams.replace(name, sql);
        exchange.sendText(200, (tables ? "Table " : "Stream ") + name + " is replaced.");
    }

    private void drop(Exchange exchange) throws IOException {
        String name = exchange.path("name");
        streams.drop(name, tables, exchange.flag("force"));
        exchange.sendText(200, (tables ? "Table " : "Stream ") + name + " is dropped.");
    }

    private StreamDescription get(Exchange exchange) {
        return streams.get(exchange.path("name"), tables);
    }

    private List<StreamDescription> listed(Exchange exchange) {
        List<StreamDescription> all = streams.list(tables);
        String kind = tables ? exchange.query("kind").orElse("") : "";
        return switch (kind) {
            case "" -> all;
            case "scan" -> only(StreamKind.SCAN_TABLE, all);
            case "lookup" -> only(StreamKind.LOOKUP_TABLE, all);
            default -> throw new VarunaException(
                    StandardError.INVALID_PROPERTY,
                    "The parameter 'kind' must be 'scan' or 'lookup', but is '" + kind + "'.");
        };
    }

    private static List<StreamDescription> only(StreamKind kind, List<StreamDescription> all) {
        return all.stream().filter(stream -> stream.kind() == kind).toList();
    }

    private static Map<String, Object> detail(StreamDescription stream) {
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("name", stream.name());
        detail.put("type", stream.type());
        detail.put("format", stream.format());
        return detail;
    }
}
