package io.varuna.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
    private static final Machine MACHINE = new Machine("a processor", 2, 1_024, "a system", "a Java", 0.5);
    private static final Chapter CHAPTER = new Chapter(
            "memory-small",
            "From memory",
            "What it is.",
            List.of(
                    new Chapter.Entry("memory/small/limit", "by hand"),
                    new Chapter.Entry("memory/small/varuna", "Varuna <1>"),
                    new Chapter.Entry("memory/small/map", "Jackson")));

    private static Measurement measured(String id, double nanos, double bytes) {
        return new Measurement(id, List.of(nanos, nanos + 1, nanos - 1), bytes, 60, Map.of());
    }

    private static Path written(Path directory) throws IOException {
        Results results = new Results();
        results.add(measured("memory/small/limit", 80, 0));
        results.add(measured("memory/small/varuna", 100, 12));
        results.add(measured("memory/small/map", 450, 1_591));
        new Report(MACHINE, "quick", List.of(CHAPTER), results).write(directory);
        return directory;
    }

    @Test
    void saysWhichGoalsAreReached(@TempDir Path directory) throws IOException {
        String page = Files.readString(written(directory).resolve("performance.md"));
        assertThat(page)
                .contains("| Memory to JSON, small: speed by hand to ours | ≥ 0.60 x | 0.80 x | yes |")
                .contains("| Memory to JSON, small: against Jackson and maps | ≥ 5 x | 4.50 x | **no** |")
                .contains("| Allocated per message, with JSON | ≤ 16 B | 12 B | yes |")
                .contains("| Decoding, small: against Jackson streaming | ≥ 4 x |  | not measured |")
                .contains("a processor, 2 processors, 1024 MB of memory, a system, a Java; load before the run 0.5.")
                .doesNotContain("{{");
    }

    @Test
    void makesATableAndAPlotOfEachChapter(@TempDir Path directory) throws IOException {
        String page = Files.readString(written(directory).resolve("performance.md"));
        assertThat(page)
                .contains("![From memory](performance/memory-small.svg)")
                .contains("| Jackson | 450 | 449 | 2 222 222 | 1 591 | 60 |");
        assertThat(Files.readString(directory.resolve("performance/memory-small.svg")))
                .startsWith("<svg ")
                .contains("Varuna &lt;1>")
                .contains("fill=\"#2a6f97\"");
    }

    @Test
    void tableOfOtherThanMessagesHasItsOwnFiguresOnly(@TempDir Path directory) throws IOException {
        Results results = new Results();
        results.add(new Measurement(
                "distribution/usual", List.of(1.0), 0, 60, Map.of("secondsOneRule", 1.5, "percentIdle", 0.25)));
        Chapter chapter = new Chapter(
                "distribution",
                "The distribution",
                "What it takes.",
                List.of(new Chapter.Entry("distribution/usual", "as it comes")),
                false);
        new Report(MACHINE, "quick", List.of(chapter), results).write(directory);
        assertThat(Files.readString(directory.resolve("performance.md")))
                .contains(
                        """
                        What it takes.

                        | | percent idle | seconds one rule |
                        |---|---|---|
                        | as it comes | 0.25 | 1.50 |
                        """)
                .contains("| Start to the first result of a stored rule | ≤ 2 s | 1.50 s | yes |");
        assertThat(directory.resolve("performance/distribution.svg")).doesNotExist();
    }

    @Test
    void writesAllFiguresForMachines(@TempDir Path directory) throws IOException {
        JsonNode json = new ObjectMapper()
                .readTree(written(directory).resolve("performance/results.json").toFile());
        assertThat(json.at("/machine/processors").asInt()).isEqualTo(2);
        assertThat(json.at("/measurements/1/id").asText()).isEqualTo("memory/small/varuna");
        assertThat(json.at("/measurements/1/nanos")).hasSize(3);
    }

    @Test
    void takesTheMedianOfTheRounds() {
        assertThat(new Measurement("x", List.of(9.0, 1.0, 2.0), 0, 0, Map.of()).median())
                .isEqualTo(2);
        assertThat(new Measurement("x", List.of(9.0, 1.0, 2.0, 4.0), 0, 0, Map.of()).median())
                .isEqualTo(3);
    }
}
