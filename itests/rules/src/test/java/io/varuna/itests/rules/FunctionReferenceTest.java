package io.varuna.itests.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.varuna.api.function.FunctionDefinition;
import io.varuna.api.function.FunctionKind;
import io.varuna.rulekit.Evaluation;
import io.varuna.rulekit.RuleHarness;
import io.varuna.rulekit.RuleHarness.TestRule;
import io.varuna.testkit.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The manual lists all functions as they are defined, and their examples hold. */
class FunctionReferenceTest {
    private static final Path PAGE = Path.of("../../docs/functions.md");
    private static final String MARK = "from the definitions of the functions. -->\n";
    /** Examples need no columns, but a star stands for some. */
    private static final Map<String, Object> ROW = Map.of("a", 5L);

    private static final Instant NOW = Instant.parse("2026-01-05T12:00:00Z");

    @Test
    void theManualListsAllFunctions() throws IOException {
        String page = Files.readString(PAGE);
        String head = page.substring(0, page.indexOf(MARK) + MARK.length());
        String expected = head + FunctionReference.text();
        if ("write".equals(System.getProperty("golden"))) {
            Files.writeString(PAGE, expected);
        } else {
            assertThat(page).as("write it by -Dgolden=write").isEqualTo(expected);
        }
    }

    @TestFactory
    Stream<DynamicTest> everyFunctionIsDescribed() {
        return functions()
                .map(function -> DynamicTest.dynamicTest(function.name(), () -> {
                    assertThat(function.doc()).endsWith(".").doesNotContain("!");
                    assertThat(function.examples()).isNotEmpty();
                }));
    }

    @TestFactory
    Stream<DynamicTest> examplesHold() {
        return functions().flatMap(function -> function.examples().stream()
                .map(example -> DynamicTest.dynamicTest(example, () -> {
                    try (RuleHarness harness = StandardPlugins.harness(NOW)) {
                        harness.execute("CREATE STREAM nothing () WITH (DATASOURCE=\"nothing\")");
                        String result = function.kind() == FunctionKind.TABLE
                                ? expanded(example, harness)
                                : new Evaluation(harness).evaluate(example, ROW);
                        assertThat(result).isEqualTo("true");
                    }
                })));
    }

    private static Stream<FunctionDefinition> functions() {
        return FunctionReference.categories().values().stream().flatMap(List::stream);
    }

    /** A function that makes rows is a column by itself; the rest of the example is a condition on what it makes. */
    private static String expanded(String example, RuleHarness harness) {
        int end = example.lastIndexOf(')') + 1;
        TestRule rule = harness.start(
                "rows",
                "SELECT " + example.substring(0, end) + " AS x FROM nothing",
                Map.of(),
                Map.of("sendSingle", true));
        harness.send("nothing", List.of(Map.of()), Map.of());
        Object row = Json.read(String.join("", rule.takeMessages()));
        rule.stop();
        Map<String, @Nullable Object> made = Map.of(
                "made", row instanceof Map<?, ?> map && map.get("x") != null ? map.get("x") : Arrays.asList(row));
        return new Evaluation(harness).evaluate("made" + example.substring(end), made);
    }
}
