package io.varuna.itests.rules.kuiper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.varuna.testkit.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cases of eKuiper, read from the folder that the system property {@code varuna.kuiper.cases} names. They are no part of
 * the project. What did not pass is listed in {@code target/kuiper-<file>.txt}.
 */
class KuiperCasesTest {
    private static final Logger LOG = LoggerFactory.getLogger(KuiperCasesTest.class);
    private static final Path FOLDER =
            Path.of(System.getProperty("varuna.kuiper.cases", "../../../shared/conformance"));

    private static final boolean WRITE = "write".equals(System.getProperty("golden"));

    @Test
    void everyDifferenceIsInTheManual() throws IOException {
        assertThat(CompatibilityPage.read().differences())
                .containsAll(Differences.read().kinds().stream()
                        .map(Differences.Kind::difference)
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"rules", "functions", "operators", "parser", "windows"})
    void casesAreAsGoodAsBefore(String name) throws IOException {
        Path file = FOLDER.resolve(name + ".json");
        if (!Files.isRegularFile(file)) {
            LOG.info("{}: there are no cases in {}", name, FOLDER);
        }
        assumeTrue(Files.isRegularFile(file), () -> "There are no cases in " + FOLDER);
        KuiperCase data = KuiperCase.of(Json.read(Files.readString(file)));
        Tally tally = tally(name, data);
        LOG.info("{}: {} ({} %)", name, tally, Math.round(tally.percent() * 10) / 10.0);
        Files.write(Path.of("target", "kuiper-" + name + ".txt"), tally.lines());
        CompatibilityPage page = CompatibilityPage.read();
        if (WRITE) {
            page.write(name, tally);
        } else {
            // the figures of the manual are those of the usual cases
            page.figures(name)
                    .filter(figures -> figures.cases() == tally.cases())
                    .ifPresent(figures -> assertThat(CompatibilityPage.row(name, tally))
                            .as("the figures of the manual; write them by -Dgolden=write after a look at %s", name)
                            .isEqualTo(figures.row()));
        }
    }

    private static Tally tally(String name, KuiperCase data) throws IOException {
        try (FunctionCases functions = new FunctionCases();
                OperatorCases operators = new OperatorCases()) {
            RuleCases rules = new RuleCases(data.part("mockData"), data.part("files"));
            Function<KuiperCase, Outcome> runner =
                    switch (name) {
                        case "rules" -> rules::run;
                        case "functions" -> functions::run;
                        case "operators" -> operators::run;
                        case "parser" -> ParserCases::run;
                        case "windows" -> WindowCases::run;
                        default -> throw new IllegalArgumentException(name);
                    };
            Differences differences = Differences.read();
            Sequence sequence = new Sequence(data.list("cases"));
            Tally tally = new Tally();
            for (Object member : data.list("cases")) {
                KuiperCase one = KuiperCase.of(member);
                Outcome outcome = run(runner, one);
                if (outcome.verdict() == Verdict.FAILED && sequence.isBroken(one)) {
                    outcome = Outcome.notApplicable("what was called before in the session is not in the file");
                }
                if (outcome.verdict() == Verdict.FAILED) {
                    Outcome failed = outcome;
                    outcome = differences
                            .of(one, failed.detail())
                            .map(kind -> new Outcome(Verdict.DIFFERENT, kind.difference() + ": " + failed.detail()))
                            .orElse(failed);
                }
                tally.add(one, outcome);
            }
            return tally;
        }
    }

    /** An unexpected exception is a failure of that case, told with the others. */
    private static Outcome run(Function<KuiperCase, Outcome> runner, KuiperCase one) {
        try {
            return runner.apply(one);
        } catch (RuntimeException | AssertionError e) {
            LOG.debug("{}", one.text("id"), e);
            return Outcome.failed("an unexpected " + e);
        }
    }
}
