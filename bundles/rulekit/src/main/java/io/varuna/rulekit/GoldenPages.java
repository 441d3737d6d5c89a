package io.varuna.rulekit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.varuna.testkit.golden.GoldenFile;
import io.varuna.testkit.golden.GoldenFile.Part;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;

/**
 * Makes tests of golden pages: one for each scenario, in each {@link Regime}. With {@code -Dgolden=write} the pages are
 * rewritten to what comes out, for a review of the difference.
 */
public final class GoldenPages {
    private static final boolean WRITE = "write".equals(System.getProperty("golden"));

    private final Function<Instant, RuleHarness> harnesses;

    /** Creates the maker of tests; the function makes a harness whose clock stands at the given time. */
    public GoldenPages(Function<Instant, RuleHarness> harnesses) {
        this.harnesses = harnesses;
    }

    /** Returns the tests of all Markdown files below a directory. */
    public Stream<DynamicNode> tests(Path directory) throws IOException {
        List<Path> pages;
        try (Stream<Path> files = Files.walk(directory)) {
            pages = files.filter(file -> file.toString().endsWith(".md")).sorted().toList();
        }
        return pages.stream()
                .map(page -> dynamicContainer(
                        directory.relativize(page).toString(), page.toUri(), WRITE ? rewrite(page) : tests(read(page), page)));
    }

    private Stream<DynamicNode> tests(GoldenFile file, Path page) {
        return file.scenarios().stream().flatMap(scenario -> {
            URI place = URI.create(page.toUri() + "?line=" + scenario.line());
            return Stream.of(Regime.values())
                    .filter(regime -> regime == Regime.AS_WRITTEN || hasTimeline(scenario))
                    .map(regime -> dynamicTest(
                            scenario.title() + " (" + regime.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ') + ")",
                            place,
                            () -> check(scenario, regime)));
        });
    }

    private static boolean hasTimeline(GoldenFile.Scenario scenario) {
        return scenario.blocks().stream().anyMatch(block -> block.kind().equals("timeline"));
    }

    private void check(GoldenFile.Scenario scenario, Regime regime) {
        List<List<String>> actual = new Scenario(scenario, harnesses, regime).run();
        for (int i = 0; i < actual.size(); i++) {
            Part block = scenario.blocks().get(i);
            if (!block.kind().equals("metrics") || regime == Regime.AS_WRITTEN) {
                assertEquals(
                        String.join("\n", block.text()),
                        String.join("\n", actual.get(i)),
                        () -> block.kind() + " at line " + block.line());
            }
        }
    }

    private Stream<DynamicNode> rewrite(Path page) {
        return Stream.of(dynamicTest("rewritten", () -> {
            GoldenFile file = read(page);
            List<Part> blocks = new ArrayList<>();
            List<List<String>> actual = new ArrayList<>();
            for (GoldenFile.Scenario scenario : file.scenarios()) {
                blocks.addAll(scenario.blocks());
                actual.addAll(new Scenario(scenario, harnesses, Regime.AS_WRITTEN).run());
            }
            Files.writeString(page, file.render(part -> {
                for (int i = 0; i < blocks.size(); i++) {
                    if (blocks.get(i).line() == part.line()) {
                        return new Part(part.kind(), part.line(), actual.get(i));
                    }
                }
                return part;
            }));
        }));
    }

    private static GoldenFile read(Path page) {
        try {
            return GoldenFile.parse(Files.readString(page));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
