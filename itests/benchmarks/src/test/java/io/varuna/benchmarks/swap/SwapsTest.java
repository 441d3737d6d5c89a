package io.varuna.benchmarks.swap;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SwapsTest {
    @ParameterizedTest
    @EnumSource
    void nothingIsLostOrDoubled(Swaps.Kind kind) throws Exception {
        Swaps.Outcome outcome = Swaps.measure(kind, 20_000, 1, 3);

        assertThat(outcome.pauses()).hasSizeGreaterThanOrEqualTo(3);
        assertThat(outcome.rows()).isPositive();
        assertThat(outcome.lost()).isZero();
        assertThat(outcome.doubled()).isZero();
    }
}
