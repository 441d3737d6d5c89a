package io.varuna.plugin.functions.math;

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

class MathFunctionsTest {
    private static FunctionDefinition function(String name) {
        return Stream.of(new ArithmeticFunctions(), new TrigonometricFunctions(), new BitFunctions())
                .flatMap(library -> library.functions().stream())
                .filter(function -> function.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static @Nullable Object call(String name, Object... arguments) throws Exception {
        return ((ScalarFunction) function(name).create()).apply(TestArgs.of(arguments));
    }

    @ParameterizedTest
    @CsvSource({
        "-10, 2, -10",
        "25.919, 1, 25.9",
        "9.9999, 3, 10",
        "2.675, 2, 2.68",
        "-2.5, 0, -3",
        "1234, -2, 1200",
        "5, 1000, 5",
        "5, -1000, 0"
    })
    void roundingIsHalfAwayFromZero(double number, long digits, double result) throws Exception {
        assertThat(call("round", number, digits)).isEqualTo(result);
    }

    @Test
    void absKeepsTheType() throws Exception {
        assertThat(call("abs", -5L)).isEqualTo(5L);
        assertThat(call("abs", -0.5)).isEqualTo(0.5);
        assertThat(function("abs").resultType(List.of(new Argument(DataType.BIGINT, false, null, "x"))))
                .isEqualTo(DataType.BIGINT);
        assertThatThrownBy(() -> call("abs", Long.MIN_VALUE)).hasMessageContaining("exceeds BIGINT");
        assertThatThrownBy(() -> call("abs", "five"))
                .hasMessage("Argument 'number' of 'abs' takes a number, not 'five' (STRING)");
    }

    @Test
    void whatHasNoResultIsAnErrorThatNamesTheArgument() {
        assertThatThrownBy(() -> call("ln", -10L))
                .hasMessage("Argument 'number' of 'ln' takes a number above 0, not '-10'");
        assertThatThrownBy(() -> call("log", 1L, 5L)).hasMessageContaining("must not be 1");
        assertThatThrownBy(() -> call("sqrt", -1L)).hasMessageContaining("from 0");
        assertThatThrownBy(() -> call("mod", 1L, 0L)).hasMessageContaining("must not be 0");
        assertThatThrownBy(() -> call("power", -1L, 0.5)).hasMessageContaining("'power(-1, 0.5)'");
        assertThatThrownBy(() -> call("exp", 1000L)).hasMessageContaining("FLOAT can hold");
        assertThatThrownBy(() -> call("cot", 0L)).hasMessageContaining("'cot(0)'");
        assertThatThrownBy(() -> call("round", 1L, 1.5)).hasMessageContaining("takes a whole number");
    }

    @Test
    void bitsTakeWholeNumbersOnly() throws Exception {
        assertThat(call("bitand", -10L, 2L)).isEqualTo(2L);
        assertThat(call("bitand", 10.0, 2L)).isEqualTo(2L);
        assertThatThrownBy(() -> call("bitand", 10.5, 2L))
                .hasMessage("Argument 'a' of 'bitand' takes a whole number, not '10.5' (a number)");
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "6E, 18, 8, 172",
                "-17, 10, 18, 2D3FGB0B9CG4BD1H",
                "18446744073709551615, -10, 16, 7FFFFFFFFFFFFFFF",
                "18446744073709551616, 10, 16, FFFFFFFFFFFFFFFF",
                "'  FF ', 16, 10, 255",
                "' A', -10, 16, 0",
                "12x4, 10, 2, 1100",
                "a6a, 1, 8, NULL",
                "10, 2, 37, NULL"
            },
            nullValues = "NULL",
            ignoreLeadingAndTrailingWhitespace = true)
    void convChangesTheBase(String number, long from, long to, @Nullable String result) throws Exception {
        assertThat(call("conv", number, from, to)).isEqualTo(result);
    }

    @Test
    void convTakesNumbersToo() throws Exception {
        assertThat(call("conv", 255L, 10L, 16L)).isEqualTo("FF");
    }
}
