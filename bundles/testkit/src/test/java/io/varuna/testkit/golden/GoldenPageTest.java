package io.varuna.testkit.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class GoldenPageTest {
    @Test
    void pageSurvivesParsingAndRendering() throws IOException {
        String page = page();
        assertThat(GoldenPage.parse(page).render(block -> block)).isEqualTo(page);
    }

    @Test
    void blocksAreRenderedAsTheyAreWritten() throws IOException {
        String page = page();
        assertThat(GoldenPage.parse(page).render(GoldenPageTest::aligned)).isEqualTo(page);
    }

    @Test
    void scenariosShareWhatComesBeforeThem() throws IOException {
        List<GoldenPage.Scenario> scenarios = GoldenPage.parse(page()).scenarios();
        assertThat(scenarios)
                .extracting(GoldenPage.Scenario::title)
                .containsExactly(
                        "Counts by user",
                        "A late click is dropped, and counted as late",
                        "A restart loses nothing",
                        "A misspelt column is pointed at");
        GoldenPage.Scenario first = scenarios.get(0);
        assertThat(first.blocks())
                .extracting(GoldenPage.Block::kind)
                .containsExactly(BlockKind.SQL, BlockKind.SQL, BlockKind.TIMELINE);
        assertThat(first.setup()).hasSize(1);
        assertThat(first.rule().orElseThrow().joined()).startsWith("SELECT user, count(*)");
        assertThat(page().split("\n", -1)[first.line() - 1]).isEqualTo("## Counts by user");
    }

    @Test
    void blocksOfOtherLanguagesAreProse() {
        String page = "## A\n\n```bash\n## no heading\nls\n```\n\n```sql\nSELECT 1\n```\n";
        List<GoldenPage.Scenario> scenarios = GoldenPage.parse(page).scenarios();
        assertThat(scenarios).hasSize(1);
        assertThat(scenarios.get(0).blocks()).hasSize(1);
        assertThat(GoldenPage.parse(page).render(block -> block)).isEqualTo(page);
    }

    @Test
    void unclosedBlockIsNamed() {
        assertThatThrownBy(() -> GoldenPage.parse("# A\n\n```sql\nSELECT 1\n"))
                .isInstanceOf(GoldenSyntaxException.class)
                .hasMessage("line 3: the block is never closed");
    }

    @Test
    void misspeltBlockIsNamed() {
        assertThatThrownBy(() -> GoldenPage.parse("# A\n\n```timelien\n```\n"))
                .hasMessage("line 3: there are no blocks of kind 'timelien'. Tests are made of: "
                        + "sql, answer, event, timeline, rows, plan, error, metrics, config");
    }

    @Test
    void secondRuleIsRefused() {
        GoldenPage page = GoldenPage.parse("## A\n```sql\nSELECT 1\n```\n```sql\nSELECT 2\n```\n");
        assertThatThrownBy(() -> page.scenarios().get(0).rule())
                .hasMessageStartingWith("line 6: scenario 'A' has a second rule");
    }

    @Test
    void errorHasCodePlaceAndSnippet() throws IOException {
        GoldenPage.Block block = GoldenPage.parse(page())
                .scenarios()
                .get(3)
                .block(BlockKind.ERROR)
                .orElseThrow();
        ExpectedError error = ExpectedError.parse(block);
        assertThat(error.code()).isEqualTo("COLUMN_NOT_FOUND");
        assertThat(error.place()).contains(new ExpectedError.Place(1, 8));
        assertThat(error.message()).startsWith("no column 'usr'");
        assertThat(error.snippet()).hasSize(2);
    }

    @Test
    void settingsAreNamesAndValues() {
        GoldenPage.Block block = new GoldenPage.Block(BlockKind.CONFIG, 4, List.of("qos = 1", "zone = a = b"));
        assertThat(Settings.parse(block).values()).containsEntry("qos", "1").containsEntry("zone", "a = b");
        assertThatThrownBy(() -> Settings.parse(block.with(List.of("a = 1", "a = 2"))))
                .hasMessage("line 5: 'a' is there twice");
    }

    @Test
    void resultTableIsAligned() {
        GoldenPage.Block block = new GoldenPage.Block(
                BlockKind.ROWS, 4, List.of("expression | result", "abs(-1) | 1", "concat('a|b', 'c') | a|bc"));
        assertThatThrownBy(() -> ResultTable.parse(block))
                .hasMessageStartingWith("line 6: expected 2 columns, found 3");
        ResultTable table = ResultTable.parse(
                block.with(List.of("expression | result", "concat('a|b', 'c') | 'a|bc'", "abs(-1) | 1")));
        assertThat(table.isExpressions()).isTrue();
        assertThat(table.render())
                .containsExactly(
                        "expression         | result", "concat('a|b', 'c') | 'a|bc'", "abs(-1)            | 1");
    }

    private static GoldenPage.Block aligned(GoldenPage.Block block) {
        return switch (block.kind()) {
            case TIMELINE -> block.with(Timeline.parse(block).render());
            case ROWS -> block.with(ResultTable.parse(block).render());
            case ERROR -> block.with(ExpectedError.parse(block).render());
            case METRICS, CONFIG -> block.with(Settings.parse(block).render());
            case SQL, ANSWER, EVENT, PLAN -> block;
        };
    }

    static String page() throws IOException {
        try (InputStream in =
                Objects.requireNonNull(GoldenPageTest.class.getResourceAsStream("/golden/tumbling-windows.md"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
