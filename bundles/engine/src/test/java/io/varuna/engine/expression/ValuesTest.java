package io.varuna.engine.expression;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValuesTest {
    /** A double that is near a whole number beyond 2^53 must not be rounded to it, and -0.0 is zero. */
    @ParameterizedTest
    @CsvSource({
        "-0.0, 0, 0",
        "0.0, 0, 0",
        "0.5, 0, 1",
        "-0.5, 0, -1",
        "-0.5, -1, 1",
        "9007199254740992.0, 9007199254740993, -1",
        "9223372036854775807.0, 9223372036854775807, 1",
        "-9223372036854775808.0, -9223372036854775808, 0",
        "Infinity, 9223372036854775807, 1",
        "-Infinity, -9223372036854775808, -1",
        "NaN, 9223372036854775807, 1",
    })
    void numbersOfBothKindsCompareExactly(double fraction, long whole, int order) {
        assertThat(Values.compareNumbers(fraction, whole)).isEqualTo(order);
        assertThat(Values.compareNumbers(whole, fraction)).isEqualTo(-order);
    }

    @Test
    void bothZeroesOfDoublesAreEqual() {
        assertThat(Values.compareNumbers(-0.0, 0.0)).isZero();
    }
}
