package io.varuna.plugin.functions.string;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.varuna.api.data.DataType;
import io.varuna.api.function.Argument;
import io.varuna.api.function.FunctionDefinition;
import io.varuna.api.function.ScalarFunction;
import io.varuna.testkit.TestArgs;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StringFunctionsTest {
    private static FunctionDefinition function(String name) {
        return Stream.of(new TextFunctions(), new RegularExpressions(), new NumberFormats())
                .flatMap(library -> library.functions().stream())
                .filter(function -> function.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @SuppressWarnings("NullAway") // does not see the annotations of array elements in class files
    private static @Nullable Object call(String name, @Nullable Object... arguments) throws Exception {
        return ((ScalarFunction) function(name).create()).apply(TestArgs.of(arguments));
    }

    @Test
    void otherValuesAreTakenAsTexts() throws Exception {
        assertThat(call("concat", "t", 5L, 2.0, true, null)).isEqualTo("t52true");
        assertThat(call("upper", true)).isEqualTo("TRUE");
        assertThat(call("length", 12345L)).isEqualTo(5L);
        assertThat(call("length", List.of(1L, 2L))).isEqualTo(2L);
    }

    @Test
    void positionsCountCodePoints() throws Exception {
        assertThat(call("substring", "a😀中b", 1L, 3L)).isEqualTo("😀中");
        assertThat(call("indexof", "a😀中b", "b")).isEqualTo(3L);
        assertThat(call("reverse", "a😀b")).isEqualTo("b😀a");
    }

    @Test
    void substringClipsTheEndAndRefusesTheRest() throws Exception {
        assertThat(call("substring", "abc", 1L)).isEqualTo("bc");
        assertThat(call("substring", "abc", 5L)).isEqualTo("");
        assertThat(call("substring", "abc", 1L, 1L)).isEqualTo("");
        assertThatThrownBy(() -> call("substring", "abc", -1L)).hasMessageContaining("a start from 0");
        assertThatThrownBy(() -> call("substring", "abc", 2L, 1L)).hasMessageContaining("not 2 and 1");
        assertThatThrownBy(() -> call("substring", "abc", 0.5)).hasMessageContaining("takes a whole number");
    }

    @Test
    void everyKindOfWhiteSpaceIsTrimmed() throws Exception {
        assertThat(call("trim", "\u00a0\t\u3000a b\u2028\n ")).isEqualTo("a b");
        assertThat(call("ltrim", " a ")).isEqualTo("a ");
        assertThat(call("rtrim", " a ")).isEqualTo(" a");
        assertThat(call("trim", "  ")).isEqualTo("");
    }

    @Test
    void splitValueNamesThePartsThereAre() throws Exception {
        assertThat(call("split_value", "a//c", "/", 1L)).isEqualTo("");
        assertThat(call("split_value", "abc", "", 1L)).isEqualTo("b");
        assertThatThrownBy(() -> call("split_value", "a/b/c", "/", -4L))
                .hasMessage("Argument 'index' of 'split_value' takes 0 to 2 for 'a/b/c' (STRING), not '-4'");
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 1_000_001})
    void paddingHasLimits(long count) {
        assertThatThrownBy(() -> call("lpad", "a", count))
                .hasMessageContaining("takes 0 to 1000000, not '" + count + "'");
    }

    @Test
    void regularExpressionsAreThoseOfRe2() throws Exception {
        assertThat(call("regexp_matches", "ab12", "^[a-z]+\\d+$")).isEqualTo(true);
        assertThat(call("regexp_replace", "ab", "(a)(b)", "$2$1")).isEqualTo("ba");
        assertThat(call("regexp_matches", "a".repeat(40) + "b", "(a*)*c")).isEqualTo(false);
        assertThatThrownBy(() -> call("regexp_replace", "ab", "(a)", "$2")).hasMessageContaining("names a group");
    }

    @Test
    void anInvalidPatternIsFoundWhenTheRuleIsMade() {
        assertThat(function("regexp_matches")
                        .problem(List.of(
                                new Argument(DataType.VARCHAR, false, null, "x"),
                                new Argument(DataType.VARCHAR, true, "(a", "'(a'"))))
                .hasValueSatisfying(problem -> assertThat(problem)
                        .startsWith("Argument 2 of 'regexp_matches': '(a' is not a regular expression: missing"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "en_US | 12,332.1235",
                "de_DE | 12.332,1235",
                "fr_FR | 12\u00a0332,1235",
                "de_CH | 12\u2019332.1235",
                "hi_IN | 12,332.1235"
            })
    void numbersAreWrittenAsInACountry(String locale, String text) throws Exception {
        assertThat(call("format", 12332.123456, 4L, locale)).isEqualTo(text);
    }

    @Test
    void formatRoundsTheExactValue() throws Exception {
        assertThat(call("format", 2.675, 2L)).isEqualTo("2.67");
        assertThat(call("format", 9007199254740993L, 1L)).isEqualTo("9007199254740993.0");
        assertThatThrownBy(() -> call("format", 1.5, 1L, "not_exist_locale"))
                .hasMessageContaining("a language and a country such as 'en_US', not 'not_exist_locale'");
        assertThat(function("format")
                        .problem(List.of(
                                new Argument(DataType.DOUBLE, false, null, "x"),
                                new Argument(DataType.BIGINT, true, -1L, "-1"))))
                .hasValue("Argument 2 of 'format' ('digits') takes 0 to 400, not '-1'");
    }
}
