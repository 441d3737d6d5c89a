package io.varuna.itests.rules.kuiper;

import io.varuna.api.error.VarunaException;
import io.varuna.itests.rules.kuiper.Marked.UnknownMarkException;
import io.varuna.testkit.Json;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Single operators of eKuiper. Each is run by a rule that has what the operator does and, of the other clauses, only what
 * brings the given rows to it.
 */
final class OperatorCases implements AutoCloseable {
    private static final Instant START = Instant.parse("2026-01-05T12:00:00Z");
    private static final Set<String> INTERNAL =
            Set.of("NewScriptOp", "AnalyticFuncsOp", "AggFuncOp", "WindowFuncOperator");

    /** The rules of cases that share their state. */
    private final Map<String, Probe> sessions = new LinkedHashMap<>();

    Outcome run(KuiperCase one) {
        if (INTERNAL.contains(one.text("op"))) {
            return Outcome.notApplicable("the operator '" + one.text("op") + "' is a part of eKuiper's own plans");
        }
        KuiperCase input = one.part("input");
        if (input.mark().equals("error")) {
            return Outcome.notApplicable("errors are no rows that pass from operator to operator");
        }
        if (input.mark().equals("xsql.SliceTuple")) {
            return Outcome.notApplicable("the input is eKuiper's own layout of rows in memory");
        }
        if (one.text("sql").isEmpty() && !one.text("op").endsWith("Preprocessor")) {
            return Outcome.notApplicable("it has no statement, but a tree of eKuiper's planner");
        }
        try {
            return switch (one.text("op")) {
                case "Eval" -> evaluate(one);
                case "Preprocessor", "NewPreprocessor" -> preprocess(one);
                case "ProjectOp" -> project(one);
                case "FilterOp" -> keep(one, "*");
                case "JoinOp" -> join(one);
                case "AggregateOp", "HavingOp", "OrderOp" -> collected(one);
                default -> Outcome.notApplicable("the operator '" + one.text("op") + "' is not known here");
            };
        } catch (UnknownMarkException e) {
            return Outcome.notApplicable(String.valueOf(e.getMessage()));
        } catch (VarunaException e) {
            return new Expectation(one.part("expect")).error(String.valueOf(e.getMessage()));
        }
    }

    private static Outcome evaluate(KuiperCase one) {
        Query query = Query.of(one.text("sql"));
        String expression = one.text("expr").equals("stmt.Condition")
                ? query.where()
                : Query.split(query.select()).get(0).replaceFirst("(?i)\\s+AS\\s+\\w+$", "");
        String stream = query.sources().get(0);
        Expectation expectation = new Expectation(one.part("expect"));
        try (Probe probe = new Probe(START).stream(stream)) {
            probe.start("SELECT " + expression + " AS x FROM " + stream);
            probe.send(stream, Marked.row(one.part("input").members(), START));
            Map<?, ?> row = single(probe.rows());
            return Probe.isError(row)
                    ? expectation.error(String.valueOf(row.get("error")))
                    : expectation.value(row.get("x"));
        }
    }

    private static Map<?, ?> single(List<Map<?, ?>> rows) {
        return rows.size() == 1 ? rows.get(0) : Map.of("rows", rows);
    }

    /** Strict validation, and the reading of event time. */
    private static Outcome preprocess(KuiperCase one) {
        KuiperCase config = one.part("config");
        if (config.has("args")) {
            List<?> arguments = config.list("args");
            return preprocess(
                    one,
                    fields(arguments.get(1)),
                    Boolean.TRUE.equals(arguments.get(arguments.size() - 1))
                            && !fields(arguments.get(1)).isEmpty(),
                    "",
                    "");
        }
        KuiperCase fields = config.has("defaultFieldProcessor") ? config.part("defaultFieldProcessor") : config;
        return preprocess(
                one,
                fields(fields.get("streamFields")),
                Boolean.TRUE.equals(config.get("checkSchema")),
                config.text("timestampField"),
                fields.text("timestampFormat"));
    }

    private static List<?> fields(@Nullable Object symbol) {
        return symbol instanceof Map<?, ?> map ? new KuiperCase(map).list("recv") : List.of();
    }

    private static Outcome preprocess(KuiperCase one, List<?> fields, boolean strict, String timestamp, String format) {
        StringBuilder options = new StringBuilder("DATASOURCE=\"demo\", TYPE=\"feed\"");
        if (strict) {
            options.append(", STRICT_VALIDATION=\"true\"");
        }
        if (!timestamp.isEmpty()) {
            options.append(", TIMESTAMP=\"").append(timestamp).append('"');
        }
        if (!format.isEmpty()) {
            options.append(", TIMESTAMP_FORMAT=").append(Json.write(format));
        }
        Expectation expectation = new Expectation(one.part("expect"));
        try (Probe probe = new Probe(START)) {
            probe.execute("CREATE STREAM demo (" + Syntax.columns(fields) + ") WITH (" + options + ")");
            probe.start(
                    "SELECT * FROM demo",
                    Map.of("sendError", true, "isEventTime", !timestamp.isEmpty(), "lateTolerance", 0L));
            probe.send(
                    "demo",
                    declared(
                            fields, Marked.row(one.part("input").part("Message").members(), START)));
            Map<?, ?> row = single(probe.rows());
            if (Probe.isError(row)) {
                return expectation.error(String.valueOf(row.get("error")));
            }
            if (expectation.error()) {
                return Outcome.failed("expected an error but was " + Json.write(row));
            }
            Map<String, @Nullable Object> wanted = new LinkedHashMap<>();
            one.part("expect")
                    .part("value")
                    .part("Message")
                    .members()
                    .forEach((name, value) -> wanted.put(String.valueOf(name), value));
            declared(fields, wanted);
            return Outcome.of(Same.value(wanted, row), Json.write(wanted), Json.write(row));
        }
    }

    /** Leaves out what was not declared, which would not get past the decoder. */
    private static Map<String, @Nullable Object> declared(List<?> fields, Map<String, @Nullable Object> row) {
        if (!fields.isEmpty()) {
            Set<String> names = fields.stream()
                    .map(field -> KuiperCase.of(field).text("Name"))
                    .collect(Collectors.toSet());
            row.keySet().retainAll(names);
        }
        return row;
    }

    /** The SELECT list alone: what other clauses would do has been done to the input. */
    private Outcome project(KuiperCase one) {
        Query query = Query.of(one.text("sql")).withWhere("").withHaving("").withOrderBy("");
        Content content = Content.of(one.part("input"), query);
        String sql = content.gather(query).sql();
        boolean metadata = one.json("expect").contains("\"__meta\"");
        boolean nil = Boolean.TRUE.equals(one.part("config").get("SendNil"));
        Map<String, Object> options = Map.of("sendError", true, "sendNilField", nil, "sendMetaToSink", metadata);
        String key = one.text("session") + sql;
        Probe probe = sessions.get(key);
        if (probe == null || !one.has("seq")) {
            probe = new Probe(START);
            content.create(probe);
            try {
                probe.start(sql, options);
            } catch (VarunaException e) {
                probe.close();
                throw e;
            }
            Probe previous = sessions.put(key, probe);
            if (previous != null) {
                previous.close();
            }
        }
        content.send(probe);
        List<Map<?, ?>> rows = content.visible(probe.rows());
        Expectation expectation = new Expectation(one.part("expect"));
        if (rows.size() == 1 && Probe.isError(rows.get(0))) {
            return expectation.error(String.valueOf(rows.get(0).get("error")));
        }
        if (expectation.error()) {
            return Outcome.failed("expected an error but was " + Json.write(rows));
        }
        List<?> wanted = one.part("expect").list("rows");
        boolean unordered = Boolean.TRUE.equals(one.part("expect").get("unordered"));
        return Outcome.of(
                unordered ? Same.inAnyOrder(wanted, rows) : Same.list(wanted, rows),
                Json.write(wanted),
                Json.write(rows));
    }

    /** Runs the query with another SELECT list on the rows of the input and returns what comes out. */
    private static Outcome observe(KuiperCase one, Query query, Content content, boolean ordered, boolean grouped) {
        Expectation expectation = new Expectation(one.part("expect"));
        try (Probe probe = new Probe(START)) {
            content.create(probe);
            probe.start(content.gather(query).sql());
            content.send(probe);
            List<Map<?, ?>> rows = content.visible(probe.rows());
            for (Map<?, ?> row : rows) {
                if (Probe.isError(row)) {
                    return expectation.error(String.valueOf(row.get("error")));
                }
            }
            if (expectation.error()) {
                return Outcome.failed("expected an error but was " + Json.write(rows));
            }
            List<?> wanted = one.part("expect").has("groups")
                    ? Content.groups(one.part("expect").list("groups"))
                    : Content.expected(one.part("expect").get("value"), grouped);
            List<?> found = grouped ? content.groupsOf(rows) : rows;
            return Outcome.of(
                    ordered ? Same.list(wanted, found) : Same.inAnyOrder(wanted, found),
                    Json.write(wanted),
                    Json.write(found));
        }
    }

    private static Outcome keep(KuiperCase one, String select) {
        Query query = Query.of(one.text("sql"))
                .withSelect(select)
                .withHaving("")
                .withOrderBy("")
                .withoutLimit();
        Content content = Content.of(one.part("input"), query);
        return observe(one, query, content, true, false);
    }

    private static Outcome join(KuiperCase one) {
        Query query = Query.of(one.text("sql"))
                .withSelect("*")
                .withWhere("")
                .withHaving("")
                .withOrderBy("");
        Content content = Content.joined(one.part("input"), query);
        return observe(one, query.withoutLimit(), content, false, false);
    }

    private static Outcome collected(KuiperCase one) {
        String operator = one.text("op");
        Query query = Query.of(one.text("sql")).withWhere("").withoutLimit();
        if (!operator.equals("HavingOp")) {
            query = query.withHaving("");
        }
        if (!operator.equals("OrderOp")) {
            query = query.withOrderBy("");
        }
        Content content = Content.of(one.part("input"), query);
        boolean grouped = !operator.equals("OrderOp") || content.isGrouped();
        query = query.withSelect(grouped ? Content.collecting(query.select()) : "*");
        if (operator.equals("AggregateOp")) {
            query = query.withSelect(Content.collecting(""));
            return observe(one, query, content.by(query.dimensions()), false, true);
        }
        return observe(one, query, content, true, grouped);
    }

    @Override
    public void close() {
        sessions.values().forEach(Probe::close);
        sessions.clear();
    }
}
