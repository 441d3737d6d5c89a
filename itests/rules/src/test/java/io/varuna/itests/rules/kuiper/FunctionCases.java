package io.varuna.itests.rules.kuiper;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.api.function.FunctionDefinition;
import io.varuna.api.function.FunctionKind;
import io.varuna.itests.rules.StandardPlugins;
import io.varuna.itests.rules.kuiper.Marked.UnknownMarkException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Calls of functions, made by rules. eKuiper's tests call the functions themselves, with what its engine adds to the
 * arguments: this translates them back to the call that a rule would make.
 */
final class FunctionCases implements AutoCloseable {
    private static final Instant START = Instant.parse("2026-01-05T12:00:00Z");
    private static final String STREAM = "demo";
    private static final Duration LONGEST_DELAY = Duration.ofHours(1);
    private static final Set<String> HITS =
            Set.of("last_hit_count", "last_hit_time", "last_agg_hit_count", "last_agg_hit_time");

    /** Functions whose results depend on earlier calls. */
    static final Set<String> REMEMBERING = Set.of(
            "lag",
            "latest",
            "changed_col",
            "changed_cols",
            "had_changed",
            "acc_sum",
            "acc_avg",
            "acc_min",
            "acc_max",
            "acc_count",
            "accumulatewordcount",
            "inc_count",
            "inc_avg",
            "inc_sum",
            "inc_max",
            "inc_min",
            "inc_collect",
            "inc_merge_agg",
            "inc_last_value");

    private final Map<String, FunctionDefinition> functions = new HashMap<>();

    /** The rules of calls that share their state, by session and text. */
    private final Map<String, Probe> sessions = new LinkedHashMap<>();

    FunctionCases() {
        StandardPlugins.libraries().stream()
                .flatMap(library -> library.functions().stream())
                .forEach(function -> {
                    functions.put(function.name(), function);
                    function.aliases().forEach(alias -> functions.put(alias, function));
                });
    }

    /**
     * A call as a rule makes it.
     *
     * @param rows one for most functions; as many as are aggregated for an aggregate function
     */
    private record Call(List<String> variants, List<Map<String, @Nullable Object>> rows) {}

    Outcome run(KuiperCase one) {
        try {
            if (one.text("phase").equals("val")) {
                return validate(one);
            }
            return execute(one);
        } catch (UnknownMarkException e) {
            return Outcome.notApplicable(String.valueOf(e.getMessage()));
        }
    }

    private static Outcome validate(KuiperCase one) {
        List<String> arguments = new ArrayList<>();
        for (Object argument : one.list("argExprs")) {
            arguments.add(Syntax.expression(KuiperCase.of(argument)));
        }
        String sql = "SELECT " + one.text("func") + "(" + String.join(", ", arguments) + ") AS x FROM " + STREAM;
        Expectation expectation = new Expectation(one.part("expect"));
        if (expectation.expect().members().isEmpty()) {
            return Outcome.passed();
        }
        try (Probe probe = new Probe(START).stream(STREAM)) {
            probe.compile(sql);
            return expectation.error() ? Outcome.failed("expected an error of " + sql) : Outcome.passed();
        } catch (VarunaException e) {
            return refused(one, expectation, e, sql);
        }
    }

    private Outcome execute(KuiperCase one) {
        String name = one.text("func");
        String called = name.startsWith("inc_") ? name.substring(4) : name;
        if (HITS.contains(name)) {
            return Outcome.notApplicable("what the engine tells this function is not an argument of a call");
        }
        FunctionDefinition function = functions.get(called);
        boolean error = new Expectation(one.part("expect")).error();
        if (error && name.startsWith("inc_")) {
            return Outcome.notApplicable("the test makes the store of the state fail");
        }
        if (!error && function != null && one.list("args").size() < least(function)) {
            return Outcome.notApplicable("no rule can call the function with so few arguments");
        }
        List<@Nullable Object> arguments = new ArrayList<>();
        one.list("args").forEach(argument -> arguments.add(Marked.value(argument, START)));
        Call call;
        if (name.startsWith("inc_")) {
            call = running(called, arguments);
        } else if (name.equals("changed_cols")) {
            call = changedColumns(arguments);
        } else if (function == null) {
            call = plain(called, arguments, Integer.MAX_VALUE);
        } else {
            call = switch (function.kind()) {
                case SCALAR, TABLE -> plain(called, arguments, error ? Integer.MAX_VALUE : most(function));
                case AGGREGATE -> aggregate(called, arguments);
                case ANALYTIC -> analytic(called, arguments);
            };
        }
        return run(one, function, call);
    }

    /** The engine leaves out arguments that a function does not take; a rule cannot write them. */
    private static int most(FunctionDefinition function) {
        return function.variadic() ? Integer.MAX_VALUE : function.parameters().size();
    }

    private static int least(FunctionDefinition function) {
        return (int) function.parameters().stream()
                .filter(parameter -> !parameter.optional())
                .count();
    }

    private Outcome run(KuiperCase one, @Nullable FunctionDefinition function, Call call) {
        Expectation expectation = new Expectation(one.part("expect"));
        Outcome refusal = Outcome.failed("no call");
        for (String sql : call.variants()) {
            Probe probe;
            try {
                probe = probe(one.text("session") + " " + one.text("func"), sql);
            } catch (VarunaException e) {
                refusal = refused(one, expectation, e, sql);
                continue;
            }
            for (Map<String, @Nullable Object> row : call.rows()) {
                probe.send(STREAM, row);
            }
            if (function != null && function.kind() == FunctionKind.AGGREGATE && sql.contains("TUMBLINGWINDOW")) {
                probe.advanceTo(probe.now().plusSeconds(1));
            }
            if (one.text("func").equals("delay")) {
                probe.advanceTo(probe.now().plus(LONGEST_DELAY));
            }
            List<Map<?, ?>> rows = probe.rows();
            for (Map<?, ?> row : rows) {
                if (Probe.isError(row)) {
                    return expectation.error(String.valueOf(row.get("error")));
                }
            }
            if (one.text("func").equals("changed_cols")) {
                return changed(expectation, rows);
            }
            if (function != null && function.kind() == FunctionKind.TABLE) {
                return expectation.value(rows.stream()
                        .map(row -> row.size() == 1 && row.containsKey("x") ? row.get("x") : row)
                        .toList());
            }
            return expectation.value(
                    rows.isEmpty() ? null : rows.get(rows.size() - 1).get("x"));
        }
        return refusal;
    }

    /** That there is no such function is not the error that a case is about. */
    private static Outcome refused(KuiperCase one, Expectation expectation, VarunaException error, String sql) {
        String message = String.valueOf(error.getMessage());
        if (error.code() == StandardError.FUNCTION_NOT_FOUND && message.contains("'" + one.text("func") + "'")) {
            return Outcome.failed("there is no function '" + one.text("func") + "'");
        }
        return expectation.error(sql + ": " + message);
    }

    private Probe probe(String key, String sql) {
        Probe running = sessions.get(key + sql);
        if (running != null) {
            return running;
        }
        Probe probe = new Probe(START).stream(STREAM);
        try {
            probe.start(sql);
        } catch (VarunaException e) {
            probe.close();
            throw e;
        }
        sessions.put(key + sql, probe);
        return probe;
    }

    private static Call plain(String name, List<@Nullable Object> arguments, int most) {
        List<@Nullable Object> taken = arguments.subList(0, Math.min(most, arguments.size()));
        List<String> variants = variants(taken).stream()
                .map(list -> "SELECT " + name + "(" + list + ") AS x FROM " + STREAM)
                .toList();
        return new Call(variants, List.of(columns(taken)));
    }

    /** Every argument is a list of what it is in each row; the functions that take the whole row get the first one. */
    private static Call aggregate(String name, List<@Nullable Object> arguments) {
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        List<@Nullable Object> first = new ArrayList<>();
        int count = arguments.isEmpty() || !(arguments.get(0) instanceof List<?> list) ? 0 : list.size();
        for (Object argument : arguments) {
            first.add(argument instanceof List<?> list && !list.isEmpty() ? list.get(0) : null);
        }
        for (int i = 0; i < count; i++) {
            Map<String, @Nullable Object> row = new LinkedHashMap<>();
            for (int j = 0; j < arguments.size(); j++) {
                if (arguments.get(j) instanceof List<?> list && !list.isEmpty()) {
                    row.put("a" + j, list.get(Math.min(i, list.size() - 1)));
                }
            }
            rows.add(row);
        }
        List<String> variants = variants(first).stream()
                .map(list ->
                        "SELECT " + name + "(" + list + ") AS x FROM " + STREAM + " GROUP BY TUMBLINGWINDOW(ss, 1)")
                .toList();
        return new Call(variants, rows);
    }

    /** An aggregate that is computed as rows come: the same over all rows so far. */
    private static Call running(String name, List<@Nullable Object> arguments) {
        List<String> variants = variants(arguments).stream()
                .map(list -> "SELECT " + name + "(" + list + ") AS x FROM " + STREAM + " GROUP BY SLIDINGWINDOW(hh, 1)")
                .toList();
        return new Call(variants, List.of(columns(arguments)));
    }

    /** The last two arguments stand for OVER (PARTITION BY ... WHEN ...). */
    private static Call analytic(String name, List<@Nullable Object> arguments) {
        int hidden = arguments.size() - 2;
        List<@Nullable Object> own = arguments;
        String over = "";
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        if (hidden >= 0 && arguments.get(hidden) instanceof Boolean && arguments.get(hidden + 1) instanceof String) {
            own = arguments.subList(0, hidden);
            over = " OVER (PARTITION BY k WHEN v)";
            row.put("v", arguments.get(hidden));
            row.put("k", arguments.get(hidden + 1));
        }
        row.putAll(columns(own));
        String suffix = over;
        List<String> variants = variants(own).stream()
                .map(list -> "SELECT " + name + "(" + list + ")" + suffix + " AS x FROM " + STREAM)
                .toList();
        return new Call(variants, List.of(row));
    }

    /** The last argument has the names of all: those of the first two mean nothing. Prefixes are part of the state. */
    private static Call changedColumns(List<@Nullable Object> arguments) {
        int last = arguments.size() - 1;
        if (last < 2 || !(arguments.get(last) instanceof List<?> names) || names.size() != last) {
            return plain("changed_cols", arguments, Integer.MAX_VALUE);
        }
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("p", arguments.get(0));
        row.put("i", arguments.get(1));
        List<String> columns = new ArrayList<>();
        for (int i = 2; i < last; i++) {
            String name = String.valueOf(names.get(i));
            row.put(name, arguments.get(i));
            columns.add(name);
        }
        String sql = "SELECT changed_cols(p, i, " + String.join(", ", columns) + ") FROM " + STREAM;
        return new Call(List.of(sql), List.of(row));
    }

    /** The columns are the result; a result without any is NULL to eKuiper. */
    private static Outcome changed(Expectation expectation, List<Map<?, ?>> rows) {
        Map<?, ?> row = rows.isEmpty() ? Map.of() : rows.get(0);
        return expectation.value(row.isEmpty() && expectation.expect().get("value") == null ? null : row);
    }

    private static Map<String, @Nullable Object> columns(List<@Nullable Object> arguments) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        for (int i = 0; i < arguments.size(); i++) {
            row.put("a" + i, arguments.get(i));
        }
        return row;
    }

    /** Arguments as columns; with those after the first as literals, which some functions ask for; all as literals. */
    private static List<String> variants(List<@Nullable Object> arguments) {
        return List.of(list(arguments, Integer.MAX_VALUE), list(arguments, 1), list(arguments, 0));
    }

    private static String list(List<@Nullable Object> arguments, int literalsFrom) {
        List<String> list = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            Object argument = arguments.get(i);
            boolean literal = i >= literalsFrom
                    && (argument instanceof String || argument instanceof Boolean || argument instanceof Number);
            list.add(literal ? Syntax.literal(argument) : "a" + i);
        }
        return list.stream().collect(Collectors.joining(", "));
    }

    @Override
    public void close() {
        sessions.values().forEach(Probe::close);
        sessions.clear();
    }
}
