package io.varuna.plugin.functions.array;

import static java.util.Arrays.asList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import io.varuna.api.function.FunctionDefinition;
import io.varuna.api.function.ScalarFunction;
import io.varuna.api.function.TableFunction;
import io.varuna.testkit.TestArgs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ArrayFunctionsTest {
    private static FunctionDefinition function(String name) {
        return Stream.of(new ArrayFunctions(), new ArrayConstruction(), new RowFunctions())
                .flatMap(library -> library.functions().stream())
                .filter(function -> function.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @SuppressWarnings("NullAway") // does not see the annotations of array elements in class files
    private static @Nullable Object call(String name, @Nullable Object... arguments) throws Exception {
        return ((ScalarFunction) function(name).create()).apply(TestArgs.of(arguments));
    }

    @SuppressWarnings("NullAway") // does not see the annotations of array elements in class files
    private static List<@Nullable Object> rows(String name, @Nullable Object argument) throws Exception {
        List<@Nullable Object> rows = new ArrayList<>();
        ((TableFunction) function(name).create()).apply(TestArgs.of(argument), rows::add);
        return rows;
    }

    @Test
    void wholeAndOtherNumbersAreFound() throws Exception {
        assertThat(call("array_contains", List.of(1.0, 2.0), 2L)).isEqualTo(true);
        assertThat(call("array_contains", asList(1L, null), null)).isEqualTo(true);
        assertThat(call("array_contains", null, null)).isEqualTo(false);
        assertThat(call("array_position", asList(null, Map.of("a", 1L)), Map.of("a", 1.0)))
                .isEqualTo(1L);
        assertThat(call("array_last_position", asList(5L, null, 5L), 5L)).isEqualTo(2L);
        assertThat(call("array_last_position", asList(5L, null, 5L), "hello")).isEqualTo(-1L);
        assertThat(call("array_contains_any", List.of(List.of(1L)), List.of(List.of(1.0))))
                .isEqualTo(true);
    }

    @Test
    void positionsOutsideOfAnArrayAreRefused() throws Exception {
        assertThat(call("element_at", List.of(1L, 2L, 3L), -3L)).isEqualTo(1L);
        assertThatThrownBy(() -> call("element_at", List.of(1L, 2L, 3L), 4L))
                .hasMessage("Argument 'key' of 'element_at' is outside of the array: '4' of 3 elements");
        assertThatThrownBy(() -> call("element_at", List.of(1L), -2L)).hasMessageContaining("'-2' of 1");
        assertThat(call("element_at", Map.of("a", 1L), "b")).isNull();
        assertThatThrownBy(() -> call("element_at", Map.of("a", 1L), 2L)).hasMessageContaining("a text for an object");
        assertThatThrownBy(() -> call("element_at", "1", "a")).hasMessageContaining("an array or object");
    }

    @Test
    void setsOfElements() throws Exception {
        assertThat(call("array_union", List.of(1L, 1L, 2L, 3L), List.of(1L, 3L, 4L)))
                .isEqualTo(List.of(1L, 2L, 3L, 4L));
        assertThat(call("array_union", null, List.of(1L))).isEqualTo(List.of(1L));
        assertThat(call("array_intersect", asList(1L, null, 2L), asList(1L, null, 3L)))
                .isEqualTo(asList(1L, null));
        assertThat(call("array_except", List.of(1L, 2L, 2L), null)).isEqualTo(List.of(1L, 2L));
        assertThat(call("array_except", null, List.of(1L))).isNull();
        assertThat(call("array_distinct", List.of(1L, 1.0, "1"))).isEqualTo(List.of(1L, "1"));
        assertThat(call("array_remove", List.of(3L, 1L, 2L), 1.0)).isEqualTo(List.of(3L, 2L));
    }

    @Test
    void theOrderIsThatOfValuesOrElseOfTexts() throws Exception {
        assertThat(call("array_sort", asList(10L, null, 9.5, 100L))).isEqualTo(asList(9.5, 10L, 100L, null));
        assertThat(call("array_sort", List.of(10L, "9", true))).isEqualTo(List.of(10L, "9", true));
        assertThat(call("array_max", asList(1L, null, 3.5))).isEqualTo(3.5);
        assertThat(call("array_min", List.of("b", "a"))).isEqualTo("a");
        assertThat(call("array_min", asList(null, null))).isNull();
        assertThatThrownBy(() -> call("array_max", List.of(1L, "a"))).hasMessageContaining("elements of one kind");
    }

    @Test
    void argumentsAreNotChanged() throws Exception {
        List<Object> array = List.of(3L, 1L, 2L);
        assertThat(call("array_sort", array)).isEqualTo(List.of(1L, 2L, 3L));
        assertThat(call("array_shuffle", array)).asInstanceOf(LIST).containsExactlyInAnyOrder(1L, 2L, 3L);
        assertThat(call("array_flatten", List.of(array, 4L))).isEqualTo(List.of(3L, 1L, 2L, 4L));
        assertThat(array).isEqualTo(List.of(3L, 1L, 2L));
    }

    @Test
    void joiningLeavesOutOrReplacesNulls() throws Exception {
        assertThat(call("array_join", asList("a", null, 3L), ":")).isEqualTo("a:3");
        assertThat(call("array_join", asList("a", null, 3L), ":", "-")).isEqualTo("a:-:3");
        assertThatThrownBy(() -> call("array_join", List.of("a"), 123L))
                .hasMessageContaining("'separator' of 'array_join' takes a text");
        assertThatThrownBy(() -> call("array_join", "a", ":")).hasMessageContaining("takes an array");
    }

    @Test
    void lengthsHaveLimits() throws Exception {
        assertThat(call("repeat", "a", 3L)).isEqualTo(List.of("a", "a", "a"));
        assertThatThrownBy(() -> call("repeat", "a", -1L)).hasMessageContaining("0 to 1000000 elements, not '-1'");
        assertThatThrownBy(() -> call("sequence", 0L, Long.MAX_VALUE)).hasMessageContaining("0 to 1000000 elements");
    }

    @Test
    void sequencesGoUpAndDown() throws Exception {
        assertThat(call("sequence", 10L, 1L, -3L)).isEqualTo(List.of(10L, 7L, 4L, 1L));
        assertThat(call("sequence", 1L, 1L)).isEqualTo(List.of(1L));
        assertThat(call("sequence", 1L, 5L, -1L)).isEqualTo(List.of());
        assertThatThrownBy(() -> call("sequence", 1L, 5L, 0L)).hasMessageContaining("must not be 0");
        assertThatThrownBy(() -> call("sequence", 1L, 7L, "1")).hasMessageContaining("takes a whole number");
    }

    @Test
    void pairsBecomeAnObject() throws Exception {
        assertThat(call("kvpair_array_to_obj", List.of(Map.of("key", "a", "value", 1L))))
                .isEqualTo(Map.of("a", 1L));
        assertThatThrownBy(() -> call("kvpair_array_to_obj", List.of(Map.of("key", "a", "wrong", 1L))))
                .hasMessageContaining("objects with a 'key' and a 'value'");
    }

    @Test
    void arraysBecomeRowsAndObjectsColumns() throws Exception {
        assertThat(rows("unnest", asList(1L, null, Map.of("a", 2L)))).isEqualTo(asList(1L, null, Map.of("a", 2L)));
        assertThat(rows("unnest", null)).isEmpty();
        assertThatThrownBy(() -> rows("unnest", 5L)).hasMessageContaining("takes an array");
        assertThat(rows("extract", Map.of("a", 2L))).isEqualTo(List.of(Map.of("a", 2L)));
        assertThat(rows("extract", null)).isEqualTo(List.of(Map.of()));
    }
}
