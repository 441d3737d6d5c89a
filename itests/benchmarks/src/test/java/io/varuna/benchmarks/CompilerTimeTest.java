package io.varuna.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class CompilerTimeTest {
    @Test
    void nothingIsUsedInNoTime() throws Exception {
        CompilerTime now = CompilerTime.now();

        assertThat(now.since(now)).isZero();
    }

    @Test
    @Timeout(60)
    void compilersUseTimeWhenThereIsSomethingNew() throws Exception {
        CompilerTime before = CompilerTime.now();
        int sum = 0;
        while (CompilerTime.now().since(before) == 0) {
            // a lambda of this very class, which nobody has compiled
            IntUnaryOperator odd = number -> number % 3 + number;
            sum += IntStream.range(0, 100_000).map(odd).sum();
        }

        assertThat(CompilerTime.now().since(before)).as("with %d", sum).isPositive();
    }
}
