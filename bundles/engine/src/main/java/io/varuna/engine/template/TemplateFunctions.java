package io.varuna.engine.template;

import io.varuna.api.data.Conversions;
import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.engine.expression.Values;
import io.varuna.engine.template.Template.Value;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The functions of templates. */
final class TemplateFunctions {
    private static final Map<String, TemplateFunction> FUNCTIONS = new TreeMap<>();

    static {
        FUNCTIONS.put("json", arguments -> json(first(arguments)));
        FUNCTIONS.put("toJson", arguments -> json(first(arguments)));
        FUNCTIONS.put("base64", arguments -> Base64.getEncoder().encodeToString(bytes(first(arguments))));
        FUNCTIONS.put("upper", arguments -> Template.print(first(arguments)).toUpperCase(Locale.ROOT));
        FUNCTIONS.put("lower", arguments -> Template.print(first(arguments)).toLowerCase(Locale.ROOT));
        FUNCTIONS.put("urlquery", arguments -> escaped(first(arguments)));
        // the one for a path may stand in a query as well, where the other writes a blank as '+'
        FUNCTIONS.put("urlpath", arguments -> escaped(first(arguments)).replace("+", "%20"));
        FUNCTIONS.put("len", arguments -> length(first(arguments)));
        FUNCTIONS.put("index", TemplateFunctions::index);
        FUNCTIONS.put("not", arguments -> !isTrue(first(arguments)));
        FUNCTIONS.put("and", arguments -> choose(arguments, false));
        FUNCTIONS.put("or", arguments -> choose(arguments, true));
        FUNCTIONS.put("eq", arguments -> Arrays.stream(arguments).skip(1).anyMatch(other -> same(arguments[0], other)));
        FUNCTIONS.put("ne", arguments -> !same(arguments[0], arguments[1]));
        FUNCTIONS.put("lt", arguments -> order(arguments) < 0);
        FUNCTIONS.put("le", arguments -> order(arguments) <= 0);
        FUNCTIONS.put("gt", arguments -> order(arguments) > 0);
        FUNCTIONS.put("ge", arguments -> order(arguments) >= 0);
        FUNCTIONS.put(
                "print",
                arguments -> Arrays.stream(arguments).map(Template::print).collect(Collectors.joining()));
    }

    private TemplateFunctions() {}

    /** Computes a value. */
    @FunctionalInterface
    private interface TemplateFunction {
        @Nullable
        Object apply(@Nullable Object[] arguments);
    }

    static Value call(String name, List<Value> arguments, Function<String, RuntimeException> problem) {
        TemplateFunction function = FUNCTIONS.get(name);
        if (function == null) {
            throw problem.apply(
                    "there is no function '" + name + "'. There are: " + String.join(", ", FUNCTIONS.keySet()));
        }
        boolean two = List.of("ne", "lt", "le", "gt", "ge", "eq", "index").contains(name);
        if (arguments.size() < (two ? 2 : 1)) {
            throw problem.apply("function '" + name + "' takes " + (two ? "two arguments" : "an argument"));
        }
        return (root, dot) -> {
            @Nullable Object[] values = new @Nullable Object[arguments.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = arguments.get(i).of(root, dot);
            }
            return function.apply(values);
        };
    }

    static boolean isTrue(@Nullable Object value) {
        if (value instanceof Boolean bool) {
            return bool;
        }
        if (value instanceof Number number) {
            return number.doubleValue() != 0;
        }
        boolean sized = value instanceof CharSequence || value instanceof Collection || value instanceof Map;
        return sized ? length(value) > 0 : value != null;
    }

    private static @Nullable Object first(@Nullable Object[] arguments) {
        return arguments[0];
    }

    private static String json(@Nullable Object value) {
        List<@Nullable Object> list = new ArrayList<>();
        list.add(value);
        String text = Conversions.toText(list);
        return text.substring(1, text.length() - 1);
    }

    private static byte[] bytes(@Nullable Object value) {
        return value instanceof byte[] bytes ? bytes : Template.print(value).getBytes(StandardCharsets.UTF_8);
    }

    private static String escaped(@Nullable Object value) {
        return URLEncoder.encode(Template.print(value), StandardCharsets.UTF_8);
    }

    private static long length(@Nullable Object value) {
        if (value instanceof Collection<?> collection) {
            return collection.size();
        }
        if (value instanceof Map<?, ?> map) {
            return map.size();
        }
        return value instanceof String text ? text.length() : 0;
    }

    private static @Nullable Object index(@Nullable Object[] arguments) {
        Object value = arguments[0];
        for (int i = 1; i < arguments.length; i++) {
            Object key = arguments[i];
            if (value instanceof List<?> list && key instanceof Number position) {
                int at = position.intValue();
                value = at >= 0 && at < list.size() ? list.get(at) : null;
            } else {
                value = value instanceof Map<?, ?> map ? map.get(key) : null;
            }
        }
        return value;
    }

    private static @Nullable Object choose(@Nullable Object[] arguments, boolean wanted) {
        Object last = null;
        for (Object argument : arguments) {
            last = argument;
            if (isTrue(argument) == wanted) {
                return argument;
            }
        }
        return last;
    }

    private static boolean same(@Nullable Object left, @Nullable Object right) {
        return (left == null || right == null) ? left == right : Values.order(left, right) == 0;
    }

    private static int order(@Nullable Object[] arguments) {
        Object left = arguments[0];
        Object right = arguments[1];
        if (left == null || right == null) {
            throw new VarunaException(StandardError.EVALUATION_FAILED, "A template compares a value that is not there");
        }
        return Values.order(left, right);
    }
}
