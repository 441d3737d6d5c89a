package io.varuna.benchmarks.swap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
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

    @Test
    void tellsWhatManyExchangesLeave() throws Exception {
        List<String> lines = new ArrayList<>();

        Ledger ledger = Swaps.observe(20_000, 20, lines::add);

        assertThat(lines).hasSize(3);
        assertThat(lines.get(0)).startsWith("| 0 |");
        assertThat(lines.get(2)).startsWith("| 20 |");
        assertThat(ledger.lost()).isZero();
        assertThat(ledger.doubled()).isZero();
    }
}
