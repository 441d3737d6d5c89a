package io.varuna.plugin.functions.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.varuna.api.data.DataType;
import io.varuna.api.function.Argument;
import io.varuna.api.function.FunctionDefinition;
import io.varuna.api.function.FunctionLibrary;
import io.varuna.api.function.ScalarFunction;
import io.varuna.testkit.FunctionContract;
import io.varuna.testkit.TestArgs;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ObjectFunctionsTest extends FunctionContract {
    private static final Map<String, Object> NESTED =
            Map.of("k1", Map.of("temp", 23L, "hum", 34L), "k2", "2", "k4", Map.of("embed", Map.of("ee", 1L, "ff", 2L)));

    @Override
    protected FunctionLibrary library() {
        return new ObjectFunctions();
    }

    private FunctionDefinition function(String name) {
        return library().functions().stream()
                .filter(function -> function.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @SuppressWarnings("NullAway") // does not see the annotations of array elements in class files
    private @Nullable Object call(String name, @Nullable Object... arguments) throws Exception {
        return ((ScalarFunction) function(name).create()).apply(TestArgs.of(arguments));
    }

    @Test
    void constructKeepsNullValuesAndLeavesOutNullNames() throws Exception {
        Map<String, @Nullable Object> expected = new LinkedHashMap<>();
        expected.put("a", null);
        assertThat(call("object_construct", "a", null, null, 1L)).isEqualTo(expected);
        assertThatThrownBy(() -> call("object_construct", true, "bar"))
                .hasMessage("Argument 'name' of 'object_construct' takes texts as names, not 'true' (BOOLEAN)");
    }

    @Test
    void constructIsCheckedWhenTheRuleIsMade() {
        Argument text = new Argument(DataType.VARCHAR, true, "a", "'a'");
        Argument bool = new Argument(DataType.BOOLEAN, true, true, "TRUE");
        assertThat(function("object_construct").problem(List.of(text)))
                .hasValueSatisfying(problem -> assertThat(problem).contains("even number"));
        assertThat(function("object_construct").problem(List.of(bool, text)))
                .hasValue("Argument 1 of 'object_construct' takes STRING, not 'TRUE'");
        assertThat(function("object_construct").problem(List.of(text, bool))).isEmpty();
    }

    @Test
    void pathsPickMembersOfMembers() throws Exception {
        assertThat(call("object_pick", NESTED, "k1.temp", "k1.hum", "k2", "nope", 5L))
                .isEqualTo(Map.of("k1", Map.of("temp", 23L, "hum", 34L), "k2", "2"));
        assertThat(call("object_pick", NESTED, List.of("k4.embed.ff", "k1.nope", "k2.nope")))
                .isEqualTo(Map.of("k4", Map.of("embed", Map.of("ff", 2L))));
        assertThat(call("object_pick", Map.of("a.b", 1L), "a.b")).isEqualTo(Map.of("a.b", 1L));
    }

    @Test
    void concatTakesTheLastMember() throws Exception {
        assertThat(call("object_concat", Map.of("a", 1L), null, Map.of("a", 2L)))
                .isEqualTo(Map.of("a", 2L));
        assertThat(call("object_concat", (Object) null)).isEqualTo(Map.of());
        assertThatThrownBy(() -> call("object_concat", Map.of(), List.of(1L)))
                .hasMessage("Argument 'object' of 'object_concat' takes objects, not '[1]' (ARRAY)");
    }

    @Test
    void eraseTakesOneNameOrMany() throws Exception {
        assertThat(call("erase", Map.of("a", 1L, "b", 2L, "c", 3L), "a")).isEqualTo(Map.of("b", 2L, "c", 3L));
        assertThat(call("erase", Map.of("a", 1L, "b", 2L, "c", 3L), List.of("a", "b")))
                .isEqualTo(Map.of("c", 3L));
    }

    @Test
    void objectsAreMadeOfArraysAndBack() throws Exception {
        assertThat(call("object", List.of("a", "b"), List.of(1L, 2L))).isEqualTo(Map.of("a", 1L, "b", 2L));
        assertThatThrownBy(() -> call("object", List.of("a"), List.of(1L, 2L))).hasMessageContaining("not 2 and 1");
        assertThatThrownBy(() -> call("object", List.of(1L), List.of(1L))).hasMessageContaining("texts as names");
        assertThat(call("items", Map.of("a", 1L))).isEqualTo(List.of(List.of("a", 1L)));
        assertThat(call("zip", List.of(Arrays.asList("a", null)))).hasToString("{a=null}");
        assertThatThrownBy(() -> call("zip", List.of(List.of("a"))))
                .hasMessageContaining("arrays with a name and a value");
        assertThat(call("obj_to_kvpair_array", Map.of("a", 1L))).isEqualTo(List.of(Map.of("key", "a", "value", 1L)));
        assertThatThrownBy(() -> call("keys", 1L)).hasMessageContaining("takes an object");
    }
}
