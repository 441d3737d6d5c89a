package io.varuna.plugin.functions.array;

import io.varuna.api.data.Values;
import io.varuna.api.function.FunctionLibrary;
import io.varuna.api.function.SqlFunction;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;

/** Functions that look into arrays, or make others of them. Positions count from 0; arguments are never changed. */
@Component
public final class ArrayFunctions implements FunctionLibrary {
    @SqlFunction(
            doc = "Returns the number of elements of an array; 0 for anything else.",
            examples = {"cardinality(array_create(1, 2, 3)) = 3", "cardinality(NULL) = 0"},
            calledOnNull = true)
    public static long cardinality(@Nullable Object value) {
        return value instanceof List<?> list ? list.size() : 0;
    }

    @SqlFunction(
            doc = "Returns the number of elements of an array that are not NULL; 0 for NULL.",
            examples = "array_cardinality(array_create(1, 2, 3)) = 3",
            calledOnNull = true)
    public static long arrayCardinality(@Nullable List<?> array) {
        return array == null ? 0 : array.stream().filter(Objects::nonNull).count();
    }

    @SqlFunction(
            doc =
                    "Returns the position of the first element that equals a value; -1 if there is none or an argument is NULL.",
            examples = {"array_position(array_create(5, 6, 5), 5) = 0", "array_position(array_create(5), 7) = -1"},
            calledOnNull = true)
    public static long arrayPosition(@Nullable List<?> array, @Nullable Object value) {
        if (array == null || value == null) {
            return -1;
        }
        for (int i = 0; i < array.size(); i++) {
            if (Values.equal(array.get(i), value)) {
                return i;
            }
        }
        return -1;
    }

    @SqlFunction(
            doc =
                    "Returns the position of the last element that equals a value; -1 if there is none or an argument is NULL.",
            examples = {
                "array_last_position(array_create(5, 6, 5), 5) = 2",
                "array_last_position(array_create(5), 7) = -1"
            },
            calledOnNull = true)
    public static long arrayLastPosition(@Nullable List<?> array, @Nullable Object value) {
        if (array == null || value == null) {
            return -1;
        }
        for (int i = array.size() - 1; i >= 0; i--) {
            if (Values.equal(array.get(i), value)) {
                return i;
            }
        }
        return -1;
    }

    @SqlFunction(
            doc =
                    "Returns the element of an array at a position, from the end if it is negative, or the member of an object.",
            examples = {"element_at(array_create(1, 2, 3), 1) = 2", "element_at(array_create(1, 2, 3), -1) = 3"})
    public static @Nullable Object elementAt(Object collection, Object key) {
        if (collection instanceof Map<?, ?> object) {
            if (key instanceof String) {
                return object.get(key);
            }
            throw Elements.misfit("element_at", "key", "a text for an object", key);
        }
        if (!(collection instanceof List<?> list)) {
            throw Elements.misfit("element_at", "collection", "an array or object", collection);
        }
        long position = Elements.whole("element_at", "key", key);
        long index = position < 0 ? position + list.size() : position;
        if (index < 0 || index >= list.size()) {
            throw Elements.problem("Argument 'key' of 'element_at' is outside of the array: '" + position + "' of "
                    + list.size() + " elements");
        }
        return list.get((int) index);
    }

    @SqlFunction(
            doc = "Tells whether an array has an element that equals a value; FALSE if it is NULL.",
            examples = {"array_contains(array_create(1, 2), 2)", "array_contains(array_create(1, 2), 3) = FALSE"},
            calledOnNull = true)
    public static boolean arrayContains(@Nullable List<?> array, @Nullable Object value) {
        return array != null && array.stream().anyMatch(element -> Values.equal(element, value));
    }

    @SqlFunction(
            doc = "Tells whether two arrays have an element in common; FALSE if one is NULL.",
            examples = "array_contains_any(array_create(1, 2), array_create(2, 3))",
            calledOnNull = true)
    public static boolean arrayContainsAny(@Nullable List<?> array, @Nullable List<?> values) {
        return array != null && values != null && new DistinctValues(array).containsAny(values);
    }

    @SqlFunction(
            doc = "Returns the array without the elements that equal a value.",
            examples = "cardinality(array_remove(array_create(3, 1, 3), 3)) = 1")
    public static List<@Nullable Object> arrayRemove(List<?> array, Object value) {
        List<@Nullable Object> rest = new ArrayList<>();
        for (Object element : array) {
            if (!Values.equal(element, value)) {
                rest.add(element);
            }
        }
        return rest;
    }

    @SqlFunction(
            doc = "Returns the distinct elements that are in both arrays, in the order of the first.",
            examples = "array_join(array_intersect(array_create(1, 1, 2, 3), array_create(3, 1)), ',') = '1,3'")
    public static List<@Nullable Object> arrayIntersect(List<?> a, List<?> b) {
        return new DistinctValues(a).retain(new DistinctValues(b)).toList();
    }

    @SqlFunction(
            doc = "Returns the distinct elements that are in one of the arrays; NULL is like an empty one.",
            examples = "array_join(array_union(array_create(1, 1, 2), array_create(2, 3)), ',') = '1,2,3'",
            calledOnNull = true)
    public static List<@Nullable Object> arrayUnion(@Nullable List<?> a, @Nullable List<?> b) {
        DistinctValues union = new DistinctValues(a == null ? List.of() : a);
        union.addAll(b == null ? List.of() : b);
        return union.toList();
    }

    @SqlFunction(
            doc =
                    "Returns the distinct elements of the first array that are not in the second; the latter may be NULL.",
            examples = "array_join(array_except(array_create(1, 2, 2, 3), array_create(3)), ',') = '1,2'",
            calledOnNull = true)
    public static @Nullable List<@Nullable Object> arrayExcept(@Nullable List<?> a, @Nullable List<?> b) {
        return a == null
                ? null
                : new DistinctValues(a)
                        .remove(new DistinctValues(b == null ? List.of() : b))
                        .toList();
    }

    @SqlFunction(
            doc = "Returns the distinct elements, in the order of their first places.",
            examples = "array_join(array_distinct(array_create(1, 2, 2, 1)), ',') = '1,2'")
    public static List<@Nullable Object> arrayDistinct(List<?> array) {
        return new DistinctValues(array).toList();
    }

    @SqlFunction(
            doc = "Returns the greatest element; NULL does not count.",
            examples = "array_max(array_create(1, 3, 2)) = 3")
    public static @Nullable Object arrayMax(List<?> array) {
        return Elements.extreme("array_max", array, 1);
    }

    @SqlFunction(
            doc = "Returns the least element; NULL does not count.",
            examples = "array_min(array_create(2, 1, 3)) = 1")
    public static @Nullable Object arrayMin(List<?> array) {
        return Elements.extreme("array_min", array, -1);
    }

    @SqlFunction(
            doc = "Puts the elements of the arrays in an array into one array.",
            examples = "cardinality(array_flatten(array_create(array_create(1, 2), array_create(3)))) = 3")
    public static List<@Nullable Object> arrayFlatten(List<?> array) {
        List<@Nullable Object> flat = new ArrayList<>();
        for (Object element : array) {
            if (element instanceof List<?> inner) {
                flat.addAll(inner);
            } else {
                flat.add(element);
            }
        }
        return flat;
    }

    @SqlFunction(
            doc =
                    "Returns the elements in ascending order: by their values if they are of one kind, otherwise by their texts.",
            examples = "array_join(array_sort(array_create(10, 9, 100)), ',') = '9,10,100'")
    public static List<@Nullable Object> arraySort(List<?> array) {
        return Elements.sorted(array);
    }

    @SqlFunction(
            doc = "Returns the elements in random order.",
            examples = "cardinality(array_shuffle(array_create(1, 2, 3))) = 3",
            deterministic = false)
    public static List<@Nullable Object> arrayShuffle(List<?> array) {
        List<@Nullable Object> shuffled = new ArrayList<>(array);
        Collections.shuffle(shuffled);
        return shuffled;
    }

    @SqlFunction(
            doc = "Makes an object of an array of objects with a key and a value each.",
            examples = "element_at(kvpair_array_to_obj(obj_to_kvpair_array(object_construct('a', 1))), 'a') = 1")
    public static Map<String, @Nullable Object> kvpairArrayToObj(List<?> array) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        for (Object element : array) {
            if (element instanceof Map<?, ?> pair
                    && pair.size() == 2
                    && pair.get("key") instanceof String key
                    && pair.containsKey("value")) {
                object.put(key, pair.get("value"));
            } else {
                throw Elements.misfit("kvpair_array_to_obj", "array", "objects with a 'key' and a 'value'", element);
            }
        }
        return object;
    }
}
