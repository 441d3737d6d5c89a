package io.varuna.plugin.functions.json;

import io.varuna.api.data.DataType;
import io.varuna.api.error.VarunaException;
import io.varuna.api.function.Args;
import io.varuna.api.function.Argument;
import io.varuna.api.function.FunctionDefinition;
import io.varuna.api.function.FunctionLibrary;
import io.varuna.api.function.ScalarFunction;
import io.varuna.api.function.SqlFunction;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;

/** JSON texts, and values inside of objects and arrays found by a path. */
@Component
public final class JsonFunctions implements FunctionLibrary {
    @Override
    public List<FunctionDefinition> functions() {
        return Stream.concat(
                        Stream.of(
                                path("json_path_query", JsonFunctions::query)
                                        .doc(
                                                "Returns what a JSONPath finds in an object, array or JSON text: an array if it may find several values, NULL if there is nothing.")
                                        .example("json_path_query('{\"a\": {\"b\": 5}}', '$.a.b') = 5")
                                        .build(),
                                path("json_path_query_first", JsonFunctions::queryFirst)
                                        .doc(
                                                "Returns the first of the values that a JSONPath finds, NULL if there is nothing.")
                                        .example("json_path_query_first('{\"a\": [1, 5]}', '$.a[?(@ > 2)]') = 5")
                                        .build(),
                                path("json_path_exists", JsonFunctions::exists)
                                        .doc(
                                                "Tells whether a JSONPath finds something; FALSE also where there is no JSON.")
                                        .calledOnNull(true)
                                        .result(DataType.BOOLEAN)
                                        .example(
                                                "json_path_exists('{\"a\": 1}', '$.a')",
                                                "json_path_exists('{\"a\": 1}', '$.b') = FALSE")
                                        .build()),
                        FunctionDefinition.ofMethods(JsonFunctions.class).stream())
                .toList();
    }

    @SqlFunction(
            doc = "Writes a value as JSON.",
            examples = {"to_json('foo') = '\"foo\"'", "to_json(parse_json('{\"a\": [1, 2.0]}')) = '{\"a\":[1,2]}'"})
    public static String toJson(Object value) {
        return JsonTexts.write(value);
    }

    @SqlFunction(
            doc = "Reads a JSON text; whole numbers stay whole.",
            examples = {"parse_json('5') = 5", "parse_json('null') IS NULL"})
    public static @Nullable Object parseJson(Object text) {
        return JsonTexts.read("parse_json", text);
    }

    private static FunctionDefinition.Builder path(String name, ScalarFunction implementation) {
        return FunctionDefinition.scalar(name, () -> implementation)
                .parameter("json", DataType.ANY)
                .parameter("path", DataType.VARCHAR)
                .check(arguments -> pathProblem(name, arguments.get(1)));
    }

    private static @Nullable String pathProblem(String function, Argument path) {
        if (!(path.value() instanceof String text)) {
            return path.literal()
                    ? null
                    : "Argument 2 of '" + function + "' ('path') takes a constant, not '" + path.text() + "'";
        }
        try {
            ValuePath.of(text);
            return null;
        } catch (VarunaException e) {
            return "Argument 2 of '" + function + "': " + e.getMessage();
        }
    }

    private static @Nullable Object query(Args args) {
        return ValuePath.of(text(args)).find(json("json_path_query", args));
    }

    private static @Nullable Object queryFirst(Args args) {
        Object found = ValuePath.of(text(args)).find(json("json_path_query_first", args));
        if (found instanceof List<?> list) {
            return list.isEmpty() ? null : list.get(0);
        }
        if (found == null) {
            return null;
        }
        throw JsonTexts.problem(
                "Path '" + text(args) + "' finds one value. 'json_path_query_first' takes a path that finds several");
    }

    private static Object exists(Args args) {
        if (args.isNull(0) || args.isNull(1)) {
            return false;
        }
        try {
            Object found = ValuePath.of(text(args)).find(json("json_path_exists", args));
            return found instanceof List<?> list ? !list.isEmpty() : found != null;
        } catch (VarunaException e) {
            // asked to tell, not to fail
            return false;
        }
    }

    private static Object json(String function, Args args) {
        Object value = Objects.requireNonNull(args.get(0));
        if (value instanceof String) {
            Object read = JsonTexts.read(function, value);
            return read == null ? List.of() : read;
        }
        return value;
    }

    private static String text(Args args) {
        return String.valueOf(args.get(1));
    }
}
