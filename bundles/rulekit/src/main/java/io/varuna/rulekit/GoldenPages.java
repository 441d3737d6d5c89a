package io.varuna.rulekit;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.varuna.testkit.golden.BlockKind;
import io.varuna.testkit.golden.GoldenPage;
import io.varuna.testkit.golden.GoldenPage.Block;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.function.Executable;

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

    /** Returns the tests of all Markdown files below a directory that have scenarios. */
    public Stream<DynamicNode> tests(Path directory) throws IOException {
        return pages(directory).stream()
                .filter(page -> !read(page).scenarios().isEmpty())
                .map(page -> dynamicContainer(
                        directory.relativize(page).toString(),
                        page.toUri(),
                        WRITE ? Stream.of(dynamicTest("rewritten", () -> rewrite(page))) : scenarios(page)));
    }

    /** Returns the queries that the pages below a directory run, compiled as there. */
    public List<RunQuery> queries(Path directory) throws IOException {
        return pages(directory).stream()
                .flatMap(page -> read(page).scenarios().stream())
                .flatMap(scenario -> new Scenario(scenario, harnesses, Regime.AS_WRITTEN).queries().stream())
                .toList();
    }

    /** Returns the statements of the pages below a directory that are carried out, without queries. */
    public static List<String> statements(Path directory) throws IOException {
        return pages(directory).stream()
                .flatMap(page -> read(page).scenarios().stream())
                .flatMap(scenario -> scenario.setup().stream())
                .flatMap(block -> StatementBlocks.split(block).stream())
                .distinct()
                .toList();
    }

    private static List<Path> pages(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        }
    }

    private Stream<DynamicNode> scenarios(Path page) {
        return read(page).scenarios().stream().flatMap(scenario -> {
            URI place = URI.create(page.toUri() + "?line=" + scenario.line());
            return Stream.of(Regime.values())
                    .filter(regime -> makesSense(regime, scenario))
                    .map(regime -> dynamicTest(
                            scenario.title() + " (" + words(regime) + ")", place, () -> check(scenario, regime)));
        });
    }

    private static boolean makesSense(Regime regime, GoldenPage.Scenario scenario) {
        boolean timed = !scenario.blocks(BlockKind.TIMELINE).isEmpty();
        boolean answered = !scenario.blocks(BlockKind.ANSWER).isEmpty();
        return switch (regime) {
            case AS_WRITTEN -> true;
            case ONE_BY_ONE -> timed;
                // a page that says itself when the container starts again is about what that changes
            case RESTARTED -> (timed || answered)
                    && scenario.blocks().stream()
                            .filter(block -> block.kind() == BlockKind.EVENT || block.kind() == BlockKind.TIMELINE)
                            .flatMap(block -> block.text().stream())
                            .noneMatch(line -> line.startsWith("!restart"));
                // a stream that is shared is described as such
            case SHARED -> timed && !answered;
        };
    }

    private static String words(Regime regime) {
        return regime.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private void check(GoldenPage.Scenario scenario, Regime regime) {
        List<Block> actual = new Scenario(scenario, harnesses, regime).run();
        for (int i = 0; i < actual.size(); i++) {
            Block expected = scenario.blocks().get(i);
            // how many batches there are, and when counting began, is no part of what a rule means
            if (expected.kind() != BlockKind.METRICS || regime == Regime.AS_WRITTEN) {
                assertEquals(
                        expected.joined(),
                        actual.get(i).joined(),
                        () -> expected.kind().fence() + " at line " + expected.line());
            }
        }
    }

    /** Rewrites what can be run, and says of the rest why it cannot. */
    private void rewrite(Path page) throws IOException {
        GoldenPage golden = read(page);
        Map<Integer, Block> byLine = new HashMap<>();
        List<Executable> broken = new ArrayList<>();
        for (GoldenPage.Scenario scenario : golden.scenarios()) {
            try {
                for (Block block : new Scenario(scenario, harnesses, Regime.AS_WRITTEN).run()) {
                    byLine.put(block.line(), block);
                }
            } catch (RuntimeException | AssertionError e) {
                broken.add(() -> {
                    throw new AssertionError("Scenario '" + scenario.title() + "' at line " + scenario.line(), e);
                });
            }
        }
        Files.writeString(page, golden.render(block -> byLine.getOrDefault(block.line(), block)));
        assertAll(broken);
    }

    private static GoldenPage read(Path page) {
        try {
            return GoldenPage.parse(Files.readString(page));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
