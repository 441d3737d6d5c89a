package io.varuna.plugin.functions.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.varuna.api.data.DataType;
import io.varuna.api.function.Argument;
import io.varuna.api.function.FunctionDefinition;
import io.varuna.api.function.FunctionLibrary;
import io.varuna.api.function.ScalarFunction;
import io.varuna.testkit.FunctionContract;
import io.varuna.testkit.TestArgs;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonFunctionsTest extends FunctionContract {
    private static final String STORE =
            "{\"store\": {\"book\": [{\"price\": 8.95, \"title\": \"a\"}, {\"price\": 12, \"title\": \"b\"}, {\"title\": \"c\"}]}}";

    @Override
    protected FunctionLibrary library() {
        return new JsonFunctions();
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
    void numbersAreReadExactly() throws Exception {
        assertThat(call("parse_json", "[9007199254740993, 1.0, 1e3, 18446744073709551616, null, \"a\", true]"))
                .isEqualTo(Arrays.asList(9007199254740993L, 1.0, 1000.0, 0x1p64, null, "a", true));
        assertThat(call("parse_json", "{\"a\": {\"b\": []}}")).isEqualTo(Map.of("a", Map.of("b", List.of())));
        assertThat(call("parse_json", " null ")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"key1", "", "{\"a\"", "[1,]", "1 2", "{a: 1}"})
    void anythingButJsonIsRefused(String text) {
        assertThatThrownBy(() -> call("parse_json", text)).hasMessageContaining("'parse_json' takes");
    }

    @Test
    void deepTextsAreRefused() {
        assertThatThrownBy(() -> call("parse_json", "[".repeat(100_000))).hasMessageContaining("depth");
    }

    @Test
    void everyTypeIsWritten() throws Exception {
        Map<String, @Nullable Object> value = new LinkedHashMap<>();
        value.put("whole", 5L);
        value.put("double", 5.0);
        value.put("large", 1e21);
        value.put("text", "a\"\n");
        value.put("null", null);
        value.put("bytes", new byte[] {1, 2});
        value.put("time", Instant.EPOCH);
        value.put("list", List.of(true));
        assertThat(call("to_json", value))
                .isEqualTo(
                        "{\"whole\":5,\"double\":5,\"large\":1e+21,\"text\":\"a\\\"\\n\",\"null\":null,\"bytes\":\"AQI=\","
                                + "\"time\":\"1970-01-01T00:00:00Z\",\"list\":[true]}");
        assertThatThrownBy(() -> call("to_json", Double.NaN)).hasMessage("JSON has no number 'NaN'");
    }

    @Test
    void pathsFindOneValueOrSeveral() throws Exception {
        assertThat(call("json_path_query", STORE, "$.store.book[1].title")).isEqualTo("b");
        assertThat(call("json_path_query", STORE, "$.store.book[*].title")).isEqualTo(List.of("a", "b", "c"));
        assertThat(call("json_path_query", STORE, "$..book[? (@.price>10)].title"))
                .isEqualTo(List.of("b"));
        assertThat(call("json_path_query", STORE, "$.store.car")).isNull();
        assertThat(call("json_path_query", Map.of("a", List.of(1L, 2L)), "$.a[-1:]"))
                .isEqualTo(List.of(2L));
    }

    @Test
    void theFirstOfSeveralMayBeNothing() throws Exception {
        assertThat(call("json_path_query_first", STORE, "$..title")).isEqualTo("a");
        assertThat(call("json_path_query_first", STORE, "$..wheels")).isNull();
        assertThatThrownBy(() -> call("json_path_query_first", STORE, "$.store.book[0].title"))
                .hasMessageContaining("finds one value");
    }

    @Test
    void existsNeverFails() throws Exception {
        assertThat(call("json_path_exists", STORE, "$.store.book[?(@.price > 10)]"))
                .isEqualTo(true);
        assertThat(call("json_path_exists", STORE, "$.store.book[?@.price > 10]"))
                .isEqualTo(true);
        assertThat(call("json_path_exists", STORE, "$.store.book[? @.title == 'a]' || (@.price > 100) && (1 == 1)]"))
                .isEqualTo(false);
        assertThat(call("json_path_query", STORE, "$.store.book[?@.title=='b'].title"))
                .isEqualTo(List.of("b"));
        assertThat(call("json_path_exists", STORE, "$.store.book[?(@.price > 100)]"))
                .isEqualTo(false);
        assertThat(call("json_path_exists", "no json", "$.a")).isEqualTo(false);
        assertThat(call("json_path_exists", 5L, "$.a")).isEqualTo(false);
        assertThat(call("json_path_exists", null, "$.a")).isEqualTo(false);
    }

    @Test
    void aPathIsCheckedWhenTheRuleIsMade() {
        Argument json = new Argument(DataType.ANY, false, null, "x");
        assertThat(function("json_path_query")
                        .problem(List.of(json, new Argument(DataType.VARCHAR, true, "$.a[b]", "'$.a[b]'"))))
                .hasValueSatisfying(problem ->
                        assertThat(problem).startsWith("Argument 2 of 'json_path_query': '$.a[b]' is not a JSONPath"));
        assertThat(function("json_path_query").problem(List.of(json, new Argument(DataType.VARCHAR, false, null, "p"))))
                .hasValue("Argument 2 of 'json_path_query' ('path') takes a constant, not 'p'");
    }
}
