package io.varuna.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.varuna.api.manage.RuleState;
import io.varuna.api.manage.RuleSummary;
import io.varuna.api.manage.StreamDescription;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A document takes the place of all streams and rules as a whole, or nothing is lost. */
class RulesetReplacementTest {
    private static final String DEMO = "CREATE STREAM demo () WITH (TYPE = 'feed')";
    private static final String TYPED = "CREATE STREAM demo (a BIGINT) WITH (TYPE = 'feed')";
    private static final String PAIRS = "SELECT a FROM demo GROUP BY COUNTWINDOW(2)";

    private final TestContainer container;

    RulesetReplacementTest(@TempDir Path directory) {
        this.container = new TestContainer(directory);
    }

    @BeforeEach
    void createStreamAndRule() {
        container.streams().create(DEMO);
        container.rules().create(rule("r1", PAIRS, ""));
        container.feed().feed("a", 1L);
    }

    @AfterEach
    void close() {
        container.close();
    }

    private static String rule(String id, String sql, String more) {
        return "{\"id\": \"" + id + "\", \"sql\": \"" + sql + "\", \"actions\": [{\"collect\": {}}]" + more + "}";
    }

    private static String document(String stream, String... rules) {
        return "{\"streams\": {" + (stream.isEmpty() ? "" : "\"demo\": \"" + stream + "\"") + "}, \"rules\": {"
                + String.join(", ", rules) + "}}";
    }

    private static String named(String id, String rule) {
        return "\"" + id + "\": " + rule;
    }

    private void assertNothingIsLost() {
        assertThat(container.state("r1")).isEqualTo(RuleState.RUNNING);
        container.feed().feed("a", 2L);
        assertThat(container.collect().rows()).containsExactly(Map.of("a", 1L), Map.of("a", 2L));
    }

    @Test
    void stopsNothingIfSomethingIsRefused() {
        String before = container.rules().exportRuleset();
        container.advance(Duration.ofSeconds(1));

        assertThat(container
                        .rules()
                        .replaceRuleset(document(
                                TYPED,
                                named("r1", rule("r1", "SELECT a FROM demo", "")),
                                named("r2", rule("r2", "SELECT a FROM dmo", "")))))
                .containsOnlyKeys("rule r2");

        assertThat(container.rules().exportRuleset()).isEqualTo(before);
        assertThat(container.rules().status("r1").lastStart()).isEqualTo(TestContainer.START.toEpochMilli());
        assertNothingIsLost();
    }

    @Test
    void namesWhatDoesNotBelongThere() {
        assertThat(container
                        .rules()
                        .replaceRuleset("{\"streams\": {\"other\": \"" + DEMO + "\"}, \"tables\": {\"demo\": \"" + DEMO
                                + "\"}, \"rule\": {}}"))
                .containsOnlyKeys("rule", "stream other", "table demo");
        String table = "{\"demo\": \"CREATE TABLE demo () WITH (TYPE = 'feed')\"}";
        assertThat(container
                        .rules()
                        .replaceRuleset("{\"streams\": {\"demo\": \"" + DEMO + "\"}, \"tables\": " + table + "}"))
                .hasEntrySatisfying("table demo", why -> assertThat(why).contains("a stream 'demo' as well"));
    }

    @Test
    void goesOnFromWhereItWasIfTheChangeCannotBeMade() {
        container.rules().create(rule("r2", "SELECT b FROM demo GROUP BY COUNTWINDOW(9)", ""));
        String before = container.rules().exportRuleset();
        // somebody else is quicker, while the rules are being stopped
        container.collect().whenClosed(() -> {
            container.collect().whenClosed(() -> {});
            container.rules().create(rule("r3", PAIRS, ", \"triggered\": false"));
        });

        assertThatThrownBy(() -> container
                        .rules()
                        .replaceRuleset(document(
                                TYPED,
                                named("r1", rule("r1", "SELECT a FROM demo", "")),
                                named("r3", rule("r3", PAIRS, "")))))
                .hasMessageContaining("Rule 'r3' exists already");

        container.rules().delete("r3");
        assertThat(container.rules().exportRuleset()).isEqualTo(before);
        assertThat(container.state("r2")).isEqualTo(RuleState.RUNNING);
        assertNothingIsLost();
    }

    @Test
    void createsChangesAndRemovesWhatTheDocumentSays() {
        container.rules().create(rule("r2", PAIRS, ", \"version\": \"2\""));
        container.rules().create(rule("r3", PAIRS, ""));
        container.rules().create(rule("r4", PAIRS, ", \"temp\": true"));

        assertThat(container
                        .rules()
                        .replaceRuleset(document(
                                DEMO,
                                named("r1", container.rules().get("r1")),
                                named("r2", rule("r2", "SELECT a + 10 AS a FROM demo", ", \"version\": \"1\"")),
                                named("r5", rule("r5", PAIRS, ", \"triggered\": false")),
                                named("r6", rule("r6", "SELECT a + 20 AS a FROM demo", "")))))
                .isEmpty();

        assertThat(container.rules().list())
                .extracting(RuleSummary::id)
                .containsExactlyInAnyOrder("r1", "r2", "r4", "r5", "r6");
        assertThat(container.state("r5")).isEqualTo(RuleState.STOPPED);
        container.rules().delete("r4");
        container.feed().feed("a", 2L);
        assertThat(container.collect().rows())
                .containsExactlyInAnyOrder(Map.of("a", 1L), Map.of("a", 2L), Map.of("a", 12L), Map.of("a", 22L));
    }

    @Test
    void changedRulesKeepStateThatTheirOptionsKeep() {
        String keeping = ", \"options\": {\"qos\": 1}";
        container.rules().create(rule("r2", "SELECT a AS b FROM demo GROUP BY COUNTWINDOW(2)", keeping));
        container.feed().feed("a", 3L);
        container.feed().feed("a", 4L);
        container.feed().feed("a", 5L);
        container.collect().rows().clear();

        assertThat(container
                        .rules()
                        .replaceRuleset(document(
                                DEMO,
                                named("r1", rule("r1", PAIRS, ", \"tags\": [\"new\"]")),
                                named(
                                        "r2",
                                        rule(
                                                "r2",
                                                "SELECT a AS b FROM demo GROUP BY COUNTWINDOW(2)",
                                                keeping + ", \"tags\": [\"new\"]")))))
                .isEmpty();
        container.feed().feed("a", 6L);

        assertThat(container.collect().rows()).containsExactly(Map.of("b", 5L), Map.of("b", 6L));
    }

    @Test
    void rulesThatReadAChangedStreamBeginAnew() {
        String same = container.rules().get("r1");

        assertThat(container.rules().replaceRuleset(document("", named("r1", same))))
                .containsOnlyKeys("rule r1");
        assertThat(container.rules().replaceRuleset(document(TYPED, named("r1", same))))
                .isEmpty();
        container.feed().feed("a", 2L);

        assertThat(container.collect().rows()).isEmpty();
        assertThat(container.streams().list(false))
                .extracting(StreamDescription::statement)
                .containsExactly(TYPED);
        container.feed().feed("a", 3L);
        assertThat(container.collect().rows()).hasSize(2);
    }

    @Test
    void waitingRuleKeepsItsStateThroughAFailure() {
        container.removeCollect();
        container.advance(Duration.ofMinutes(1));
        assertThat(container.state("r1")).isEqualTo(RuleState.WAITING);

        assertThat(container.rules().replaceRuleset(document("", named("r1", rule("r1", PAIRS, ", \"tags\": []")))))
                .containsOnlyKeys("rule r1");
        container.addCollect("1.0.1");
        container.settle();

        assertNothingIsLost();
    }
}
