package io.varuna.sql;

import io.varuna.api.error.NearestName;
import io.varuna.api.error.StandardError;
import io.varuna.api.function.FunctionDefinition;
import io.varuna.plan.Catalog;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;

/** Finds functions by name, and says what to do where there is none. */
final class KnownFunctions {
    /** What functions of plugins are called by the standard, and by those who follow it. */
    private static final Map<String, String> SYNONYMS = Map.ofEntries(
            Map.entry("array_agg", "collect"),
            Map.entry("array_length", "cardinality"),
            Map.entry("date_format", "format_time"),
            Map.entry("dayofmonth", "day_of_month"),
            Map.entry("dayofyear", "day_of_year"),
            Map.entry("from_unixtime", "from_unix_time"),
            Map.entry("lcase", "lower"),
            Map.entry("len", "length"),
            Map.entry("log10", "log"),
            Map.entry("regexp_extract", "regexp_substr"),
            Map.entry("regexp_like", "regexp_matches"),
            Map.entry("split_index", "split_value"),
            Map.entry("stddev_pop", "stddev"),
            Map.entry("stddev_samp", "stddevs"),
            Map.entry("ucase", "upper"),
            Map.entry("var_pop", "var"),
            Map.entry("var_samp", "vars"));

    /** What to do instead of calling functions that people know from elsewhere. */
    private static final Map<String, String> REMEDIES = Map.ofEntries(
            Map.entry("bool_and", "Write count(*) FILTER (WHERE NOT condition) = 0"),
            Map.entry("bool_or", "Write count(*) FILTER (WHERE condition) > 0"),
            Map.entry("cube", "Write a query for each grouping, with UNION ALL between them"),
            Map.entry("date_trunc", "Put a window into GROUP BY, or write format_time(time, 'yyyy-MM-dd HH:00:00')"),
            Map.entry("dense_rank", "Rows are numbered by row_number() OVER (PARTITION BY ... ORDER BY ...)"),
            Map.entry("every", "Write count(*) FILTER (WHERE NOT condition) = 0"),
            Map.entry(
                    "hop",
                    "Write FROM TABLE(HOP(TABLE demo, DESCRIPTOR(ts), hop, length)), or HOPPINGWINDOW in GROUP BY"),
            Map.entry("hop_end", "Write window_end"),
            Map.entry("hop_start", "Write window_start"),
            Map.entry("json_exists", "Write json_path_exists(json, '$.path')"),
            Map.entry("json_object", "Write object_construct('name', value)"),
            Map.entry("json_query", "Write json_path_query(json, '$.path')"),
            Map.entry("json_value", "Write json_path_query_first(json, '$.path')"),
            Map.entry("lead", "Later rows are not known yet. Compare each row with those before it, by lag"),
            Map.entry("now_ms", "Write tstamp()"),
            Map.entry("ntile", "Rows are numbered by row_number() OVER (PARTITION BY ... ORDER BY ...)"),
            Map.entry("proctime", "Write CURRENT_TIMESTAMP, or tstamp() for milliseconds"),
            Map.entry("rank", "Rows are numbered by row_number() OVER (PARTITION BY ... ORDER BY ...)"),
            Map.entry("replace", "Write regexp_replace(text, pattern, replacement)"),
            Map.entry("rollup", "Write a query for each grouping, with UNION ALL between them"),
            Map.entry("safe_cast", "A CAST that fails costs the row, which goes to the onError actions"),
            Map.entry(
                    "session",
                    "Write FROM TABLE(SESSION(TABLE demo, DESCRIPTOR(ts), gap)), or SESSIONWINDOW in GROUP BY"),
            Map.entry("session_end", "Write window_end"),
            Map.entry("session_start", "Write window_start"),
            Map.entry("to_timestamp", "Write cast(text, 'datetime')"),
            Map.entry("truncate", "Write round(number, digits), or floor(number)"),
            Map.entry("try_cast", "A CAST that fails costs the row, which goes to the onError actions"),
            Map.entry(
                    "tumble",
                    "Write FROM TABLE(TUMBLE(TABLE demo, DESCRIPTOR(ts), length)), or TUMBLINGWINDOW in GROUP BY"),
            Map.entry("tumble_end", "Write window_end"),
            Map.entry("tumble_start", "Write window_start"),
            Map.entry("unix_timestamp", "Write to_seconds(time)"));

    private final Catalog catalog;
    private final StatementText text;
    private final Calls calls;

    KnownFunctions(Catalog catalog, StatementText text, Calls calls) {
        this.catalog = catalog;
        this.text = text;
        this.calls = calls;
    }

    Optional<FunctionDefinition> find(SqlCall call) {
        String name = call.getOperator().getName();
        return catalog.function(name).or(() -> Optional.ofNullable(SYNONYMS.get(name.toLowerCase(Locale.ROOT)))
                .flatMap(catalog::function));
    }

    /** Returns the function that is called, or fails. */
    FunctionDefinition called(SqlCall call) {
        return find(call).orElseThrow(() -> notFound(call));
    }

    /** Returns the function of the name that is written at some place, or fails. */
    FunctionDefinition named(String name, SqlNode place) {
        return catalog.function(name).orElseThrow(() -> notFound(name, place));
    }

    private RuntimeException notFound(SqlCall call) {
        String written = call.getOperator().getName();
        // as Calcite names windows of an older standard
        String name = written.startsWith("$") ? written.substring(1) : written;
        if (WindowReader.isWindow(name)) {
            return text.error(
                    StandardError.INVALID_WINDOW, "The window '" + name + "' belongs into GROUP BY, not here", call);
        }
        if (call.getKind() == SqlKind.GROUPING_SETS) {
            return calls.unsupported(
                    "GROUPING SETS is not supported. Write a query for each grouping, with UNION ALL between them",
                    call);
        }
        if (call.getKind() == SqlKind.WITHIN_GROUP) {
            return calls.unsupported(
                    "WITHIN GROUP is not supported. Sort what is gathered: array_join(array_sort(collect(x)), ',')",
                    call);
        }
        if (call.getKind() != SqlKind.OTHER_FUNCTION && !name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
            return calls.unsupported("The operator '" + name + "' is not supported", call);
        }
        return notFound(name, call);
    }

    private RuntimeException notFound(String name, SqlNode place) {
        String instead = catalog.remedy(name)
                .or(() -> Optional.ofNullable(REMEDIES.get(name.toLowerCase(Locale.ROOT))))
                .or(() -> NearestName.of(name, WindowReader.names()).map(window -> "Did you mean '" + window + "'?"))
                .map(remedy -> ". " + remedy)
                .orElseGet(() -> StatementText.suggest(name, catalog.functionNames(), "The functions are"));
        return text.error(StandardError.FUNCTION_NOT_FOUND, "There is no function '" + name + "'" + instead, place);
    }
}
