package io.varuna.itests.rules.kuiper;

import io.varuna.api.error.VarunaException;
import io.varuna.testkit.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Single windows, on a time of their own. A watermark of the case is brought by a row that does not enter the window, and
 * a second window that goes on from the state of the first is the rule, started again.
 */
final class WindowCases {
    private static final Instant START = Instant.parse("2020-01-01T00:00:00Z");
    private static final String TIME = "__ts";
    private static final String MARK = "__mark";
    private static final String RENAMED = "__of_";
    private static final String AGGREGATED = "inc_agg_col_";
    private static final Pattern WINDOW = Pattern.compile("[a-z]+window\\s*\\([^()]*\\)", Pattern.CASE_INSENSITIVE);

    private WindowCases() {}

    static Outcome run(KuiperCase one) {
        Query query = Query.of(one.text("sql"));
        String stream = query.sources().get(0);
        List<KuiperCase> events = new ArrayList<>();
        one.list("events").forEach(event -> events.add(KuiperCase.of(event)));
        boolean eventTime = Boolean.TRUE.equals(events.get(0).part("options").get("isEventTime"));
        List<Object> expected = new ArrayList<>();
        events.stream().filter(event -> event.has("receive")).forEach(event -> expected.add(event.list("rows")));
        boolean restarted = events.stream().filter(event -> event.has("open")).count() > 1;
        try (Probe probe = new Probe(START)) {
            probe.execute("CREATE STREAM " + stream + " () WITH (DATASOURCE=\"x\", TYPE=\"feed\", TIMESTAMP=\"" + TIME
                    + "\")");
            probe.start(
                    observed(query, events, eventTime).sql(),
                    Map.of("isEventTime", eventTime, "lateTolerance", 0L, "qos", restarted ? 1L : 0L));
            List<Object> received = play(events, stream, eventTime, probe);
            // the tests look no further than what they wait for
            List<Object> seen = received.subList(0, Math.min(expected.size(), received.size()));
            return Outcome.of(Same.list(expected, seen), Json.write(expected), Json.write(received));
        } catch (VarunaException e) {
            return Outcome.failed(String.valueOf(e.getMessage()));
        }
    }

    /** Selects what the cases look at: the rows of a window, or what it has aggregated beside the last row. */
    private static Query observed(Query query, List<KuiperCase> events, boolean eventTime) {
        List<String> aggregates = Query.split(query.select());
        List<String> items = new ArrayList<>();
        events.stream()
                .filter(event -> event.has("receive"))
                .flatMap(event -> event.list("rows").stream())
                .filter(row -> row instanceof Map<?, ?> map
                        && map.keySet().stream()
                                .anyMatch(name -> name.toString().startsWith(AGGREGATED)))
                .findFirst()
                .ifPresent(row -> ((Map<?, ?>) row).keySet().forEach(name -> {
                    String text = String.valueOf(name);
                    items.add(
                            text.startsWith(AGGREGATED)
                                    ? aggregates.get(Integer.parseInt(text.substring(AGGREGATED.length())) - 1)
                                    : "last_value(" + text + ", false)");
                    // another name than the column's, which conditions of the window mean
                    items.set(items.size() - 1, items.get(items.size() - 1) + " AS " + RENAMED + text);
                }));
        String select = items.isEmpty() ? "* EXCEPT(" + TIME + ")" : String.join(", ", items);
        Matcher window = WINDOW.matcher(query.groupBy());
        String groupBy = query.groupBy();
        if (eventTime && window.find()) {
            groupBy = groupBy.substring(0, window.end()) + " FILTER (WHERE " + MARK + " IS NULL)"
                    + groupBy.substring(window.end());
        }
        return query.withSelect(select).withGroupBy(groupBy);
    }

    private static List<Object> renamed(List<?> message) {
        List<Object> rows = new ArrayList<>();
        for (Object row : message) {
            Map<String, @Nullable Object> named = new LinkedHashMap<>();
            KuiperCase.of(row)
                    .members()
                    .forEach((name, value) -> named.put(String.valueOf(name).replaceFirst("^" + RENAMED, ""), value));
            rows.add(named);
        }
        return rows;
    }

    private static List<Object> play(List<KuiperCase> events, String stream, boolean eventTime, Probe probe) {
        List<Object> received = new ArrayList<>();
        int opened = 0;
        for (KuiperCase event : events) {
            if (event.has("open")) {
                if (opened++ > 0) {
                    probe.restart();
                }
            } else if (event.has("advanceMs")) {
                probe.advanceTo(probe.now().plusMillis(event.number("advanceMs")));
            } else if (event.has("watermark")) {
                Map<String, @Nullable Object> mark = new LinkedHashMap<>();
                mark.put(TIME, event.number("ts"));
                mark.put(MARK, true);
                probe.send(stream, mark);
            } else if (event.has("send")) {
                Map<String, @Nullable Object> row =
                        Marked.row(event.part("send").members(), probe.now());
                if (eventTime) {
                    row.put(TIME, event.number("ts"));
                } else if (event.has("ts")) {
                    probe.advanceTo(Instant.ofEpochMilli(event.number("ts")));
                }
                probe.send(stream, row);
            }
            probe.messages().forEach(message -> received.add(renamed(message)));
        }
        return received;
    }
}
