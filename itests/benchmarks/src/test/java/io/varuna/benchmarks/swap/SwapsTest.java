package io.varuna.benchmarks.swap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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

    @Test
    void tellsWhatAnotherProcessHolds() throws Exception {
        ProcessFootprint footprint = ProcessFootprint.of(ProcessHandle.current().pid());

        assertThat(footprint.heap()).isPositive();
        assertThat(footprint.metaspace()).isPositive();
        assertThat(footprint.threads()).isGreaterThan(1);
        assertThat(footprint.loaders()).isZero();
    }

    @Test
    void checksWhatTheSinkOfABundleHasWritten(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("windows.txt");
        Files.writeString(file, "3 3009 3 2003\n3 9009 2003 4003\n3 7003 7003 7003\n");
        Ledger ledger = new Ledger();

        ledger.enter(file);

        assertThat(ledger.rows()).isEqualTo(3);
        assertThat(ledger.doubled()).isEqualTo(1);
        assertThat(ledger.lost()).isEqualTo(2);
    }
}
