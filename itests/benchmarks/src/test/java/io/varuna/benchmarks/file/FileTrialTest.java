package io.varuna.benchmarks.file;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.varuna.benchmarks.message.Messages;
import io.varuna.benchmarks.message.Shape;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FileTrialTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A line of the results; 77 and 77.0 are the same number. */
    record Result(double f, long humidity) {}

    @ParameterizedTest
    @EnumSource
    void allWriteTheSameResultsInEachRun(Shape shape) throws Exception {
        Messages messages = Messages.of(shape, 3_000, 100);
        List<Result> expected;
        try (FileTrial maps = FileTrial.maps(messages)) {
            expected = run(maps);
        }
        assertThat(expected).hasSizeBetween(1_000 * FileTrial.TIMES, 1_500 * FileTrial.TIMES);
        try (FileTrial byHand = FileTrial.byHand(messages);
                FileTrial varuna = FileTrial.varuna(messages)) {
            assertThat(run(byHand)).isEqualTo(expected);
            assertThat(run(varuna)).isEqualTo(expected);
            assertThat(run(varuna)).isEqualTo(expected);
        }
    }

    private static List<Result> run(FileTrial trial) throws Exception {
        assertThat(trial.run()).isEqualTo(3_000L * FileTrial.TIMES);
        List<Result> results = new ArrayList<>();
        for (String line : Files.readAllLines(trial.results())) {
            results.add(JSON.readValue(line, Result.class));
        }
        return results;
    }
}
