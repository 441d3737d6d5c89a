package io.varuna.plugin.functions.object;

import io.varuna.api.data.Conversions;
import io.varuna.api.data.DataType;
import io.varuna.api.data.Schema;
import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.api.function.Args;
import io.varuna.api.function.Argument;
import io.varuna.api.function.FunctionDefinition;
import io.varuna.api.function.FunctionLibrary;
import io.varuna.api.function.Parameter;
import io.varuna.api.function.SqlFunction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;

/** Functions that make objects, take them apart, and choose members. Members keep their order. */
@Component
public final class ObjectFunctions implements FunctionLibrary {
    private static final DataType OBJECT = DataType.struct(Schema.OPEN);

    @Override
    public List<FunctionDefinition> functions() {
        return Stream.concat(
                        Stream.of(objectConstruct(), objectConcat(), objectPick()),
                        FunctionDefinition.ofMethods(ObjectFunctions.class).stream())
                .toList();
    }

    private static FunctionDefinition objectConstruct() {
        return FunctionDefinition.scalar("object_construct", () -> ObjectFunctions::objectConstruct)
                .doc("Makes an object of names and values in turn; a name that is NULL is left out with its value.")
                .parameter(Parameter.of("name", DataType.ANY).asOptional())
                .variadic()
                .calledOnNull(true)
                .result(OBJECT)
                .check(ObjectFunctions::pairsProblem)
                .example("element_at(object_construct('a', 1, 'b', 2), 'b') = 2")
                .build();
    }

    private static @Nullable String pairsProblem(List<Argument> arguments) {
        if (arguments.size() % 2 != 0) {
            return "'object_construct' takes names and values in turn, so an even number of arguments, not "
                    + arguments.size();
        }
        for (int i = 0; i < arguments.size(); i += 2) {
            Argument name = arguments.get(i);
            if (name.literal() && name.value() != null && !(name.value() instanceof String)) {
                return "Argument " + (i + 1) + " of 'object_construct' takes STRING, not '" + name.text() + "'";
            }
        }
        return null;
    }

    private static Object objectConstruct(Args args) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        for (int i = 0; i + 1 < args.size(); i += 2) {
            Object name = args.get(i);
            if (name != null) {
                object.put(text("object_construct", "name", name), args.get(i + 1));
            }
        }
        return object;
    }

    private static FunctionDefinition objectConcat() {
        return FunctionDefinition.scalar("object_concat", () -> ObjectFunctions::objectConcat)
                .doc("Merges objects into one; of members with the same name, the last stays. NULL is left out.")
                .parameter("object", DataType.ANY)
                .variadic()
                .calledOnNull(true)
                .result(OBJECT)
                .example(
                        "object_size(object_concat(object_construct('a', 1), NULL, object_construct('a', 2, 'b', 3))) = 2")
                .build();
    }

    private static Object objectConcat(Args args) {
        Map<String, @Nullable Object> merged = new LinkedHashMap<>();
        for (int i = 0; i < args.size(); i++) {
            Object value = args.get(i);
            if (value instanceof Map<?, ?> object) {
                object.forEach((name, member) -> merged.put(String.valueOf(name), member));
            } else if (value != null) {
                throw misfit("object_concat", "object", "objects", value);
            }
        }
        return merged;
    }

    private static FunctionDefinition objectPick() {
        return FunctionDefinition.scalar("object_pick", () -> ObjectFunctions::objectPick)
                .doc(
                        "Keeps the members of an object that are named, one by one or in an array; a.b names a member of a member.")
                .parameter("object", OBJECT)
                .parameter("name", DataType.ANY)
                .variadic()
                .result(OBJECT)
                .example("object_size(object_pick(object_construct('a', 1, 'b', 2), 'a')) = 1")
                .build();
    }

    private static Object objectPick(Args args) {
        if (!(args.get(0) instanceof Map<?, ?> object)) {
            throw misfit("object_pick", "object", "an object", args.get(0));
        }
        Map<String, @Nullable Object> picked = new LinkedHashMap<>();
        for (int i = 1; i < args.size(); i++) {
            List<?> names = args.get(i) instanceof List<?> list ? list : Arrays.asList(args.get(i));
            for (Object name : names) {
                // anything but a text names nothing
                if (name instanceof String path) {
                    pick(object, path, picked);
                }
            }
        }
        return picked;
    }

    private static void pick(Map<?, ?> from, String path, Map<String, @Nullable Object> to) {
        int dot = path.indexOf('.');
        if (dot < 0 || from.containsKey(path)) {
            if (from.containsKey(path)) {
                to.put(path, from.get(path));
            }
            return;
        }
        String name = path.substring(0, dot);
        if (from.get(name) instanceof Map<?, ?> inner) {
            Map<String, @Nullable Object> picked = new LinkedHashMap<>();
            if (to.get(name) instanceof Map<?, ?> before) {
                before.forEach((key, value) -> picked.put(String.valueOf(key), value));
            }
            int size = picked.size();
            pick(inner, path.substring(dot + 1), picked);
            if (picked.size() > size) {
                to.put(name, picked);
            }
        }
    }

    @SqlFunction(
            doc = "Returns the names of the members of an object.",
            examples = "array_join(keys(object_construct('a', 1, 'b', 2)), ',') = 'a,b'")
    public static List<String> keys(Map<?, ?> object) {
        return object.keySet().stream().map(String::valueOf).toList();
    }

    @SqlFunction(
            doc = "Returns the values of the members of an object.",
            examples = "array_max(values(object_construct('a', 1, 'b', 2))) = 2")
    public static List<@Nullable Object> values(Map<?, ?> object) {
        return new ArrayList<>(object.values());
    }

    @SqlFunction(
            doc = "Makes an object of an array of names and one of values.",
            examples = "element_at(object(array_create('a', 'b'), array_create(1, 2)), 'b') = 2")
    public static Map<String, @Nullable Object> object(List<?> names, List<?> values) {
        if (names.size() != values.size()) {
            throw problem("'object' takes as many values as names, not " + values.size() + " and " + names.size());
        }
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            object.put(text("object", "names", names.get(i)), values.get(i));
        }
        return object;
    }

    @SqlFunction(
            doc = "Makes an object of an array of arrays with a name and a value each.",
            examples = "element_at(zip(array_create(array_create('a', 1))), 'a') = 1")
    public static Map<String, @Nullable Object> zip(List<?> pairs) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        for (Object pair : pairs) {
            if (!(pair instanceof List<?> list) || list.size() != 2) {
                throw misfit("zip", "pairs", "arrays with a name and a value", pair);
            }
            object.put(text("zip", "pairs", list.get(0)), list.get(1));
        }
        return object;
    }

    @SqlFunction(
            doc = "Returns an array of arrays with the name and the value of each member of an object.",
            examples = "cardinality(items(object_construct('a', 1, 'b', 2))) = 2")
    public static List<List<@Nullable Object>> items(Map<?, ?> object) {
        List<List<@Nullable Object>> items = new ArrayList<>();
        object.forEach((name, value) -> items.add(Arrays.asList(name, value)));
        return items;
    }

    @SqlFunction(
            doc = "Returns the object without the member, or the array of members, that is named.",
            examples = "object_size(erase(object_construct('a', 1, 'b', 2), 'a')) = 1")
    public static Map<String, @Nullable Object> erase(Map<?, ?> object, Object name) {
        Map<String, @Nullable Object> rest = new LinkedHashMap<>();
        object.forEach((key, value) -> rest.put(String.valueOf(key), value));
        List<?> names = name instanceof List<?> list ? list : List.of(name);
        for (Object each : names) {
            rest.remove(text("erase", "name", each));
        }
        return rest;
    }

    @SqlFunction(
            doc = "Returns the number of members of an object; 0 for NULL.",
            examples = {"object_size(object_construct('a', 1)) = 1", "object_size(NULL) = 0"},
            calledOnNull = true)
    public static long objectSize(@Nullable Map<?, ?> object) {
        return object == null ? 0 : object.size();
    }

    @SqlFunction(
            doc = "Returns an array of objects with the key and the value of each member of an object.",
            examples = "element_at(element_at(obj_to_kvpair_array(object_construct('a', 1)), 0), 'key') = 'a'")
    public static List<Map<String, @Nullable Object>> objToKvpairArray(Map<?, ?> object) {
        List<Map<String, @Nullable Object>> pairs = new ArrayList<>();
        object.forEach((name, value) -> {
            Map<String, @Nullable Object> pair = new LinkedHashMap<>();
            pair.put("key", name);
            pair.put("value", value);
            pairs.add(pair);
        });
        return pairs;
    }

    private static String text(String function, String parameter, @Nullable Object value) {
        if (value instanceof String text) {
            return text;
        }
        throw misfit(function, parameter, "texts as names", value);
    }

    private static VarunaException misfit(String function, String parameter, String takes, @Nullable Object value) {
        return problem("Argument '" + parameter + "' of '" + function + "' takes " + takes + ", not "
                + Conversions.describe(value));
    }

    private static VarunaException problem(String message) {
        return new VarunaException(StandardError.EVALUATION_FAILED, message);
    }
}
