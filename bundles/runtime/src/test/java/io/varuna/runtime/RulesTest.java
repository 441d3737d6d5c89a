package io.varuna.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.varuna.api.connection.ConnectionFactory;
import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.api.manage.PluginKind;
import io.varuna.api.manage.RuleExplanation;
import io.varuna.api.manage.RuleState;
import io.varuna.api.manage.RuleSummary;
import io.varuna.api.manage.RuleValidation;
import io.varuna.engine.plugin.ProvidedPlugin;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RulesTest {
    private final TestContainer container;

    RulesTest(@TempDir Path directory) {
        this.container = new TestContainer(directory);
    }

    @BeforeEach
    void createStream() {
        container.streams().create("CREATE STREAM demo () WITH (TYPE = \"feed\")");
    }

    @AfterEach
    void close() {
        container.close();
    }

    private static String rule(String id, String sql, String... more) {
        return "{\"id\": \"" + id + "\", \"sql\": \"" + sql + "\", \"actions\": [{\"collect\": {}}]"
                + String.join("", more) + "}";
    }

    @Test
    void runsARule() {
        assertThat(container.rules().create(rule("r1", "SELECT a FROM demo WHERE a > 1")))
                .isEqualTo("r1");
        container.feed().feed("a", 1L);
        container.feed().feed("a", 2L, "b", 3L);

        assertThat(container.state("r1")).isEqualTo(RuleState.RUNNING);
        assertThat(container.collect().rows()).containsExactly(Map.of("a", 2L));
        assertThat(container.rules().status("r1").metrics()).containsEntry("source_demo_0_records_in_total", 2L);
        assertThat(container.rules().status("r1").lastStart()).isEqualTo(TestContainer.START.toEpochMilli());
        assertThat(container.rules().topology("r1").sources()).isNotEmpty();
    }

    @Test
    void stopsAndStartsARule() {
        container.rules().create(rule("r1", "SELECT a FROM demo"));

        container.rules().stop("r1");
        container.feed().feed("a", 1L);

        assertThat(container.state("r1")).isEqualTo(RuleState.STOPPED);
        assertThat(container.feed().opened()).isZero();
        assertThat(container.collect().rows()).isEmpty();
        assertThat(container.rules().get("r1")).contains("\"triggered\":false");

        container.rules().start("r1");
        container.feed().feed("a", 2L);

        assertThat(container.state("r1")).isEqualTo(RuleState.RUNNING);
        assertThat(container.collect().rows()).containsExactly(Map.of("a", 2L));
        assertThat(container.rules().get("r1")).contains("\"triggered\":true");
    }

    @Test
    void doesNotStartARuleThatIsNotTriggered() {
        container.rules().create(rule("r1", "SELECT a FROM demo", ", \"triggered\": false"));

        assertThat(container.state("r1")).isEqualTo(RuleState.STOPPED);
        container.rules().restart("r1");
        assertThat(container.state("r1")).isEqualTo(RuleState.RUNNING);
    }

    @Test
    void refusesARuleThatCannotWork() {
        refused(StandardError.RULE_EXISTS, "r1", () -> {
            container.rules().create(rule("r1", "SELECT a FROM demo"));
            container.rules().create(rule("r1", "SELECT a FROM demo"));
        });
        refused(StandardError.STREAM_NOT_FOUND, "demi", () -> container
                .rules()
                .create(rule("r2", "SELECT a FROM demi")));
        refused(StandardError.FUNCTION_NOT_FOUND, "nothing", () -> container
                .rules()
                .create(rule("r3", "SELECT nothing(a) FROM demo")));
        refused(StandardError.INVALID_RULE, "lateTolerence", () -> container
                .rules()
                .create(rule("r4", "SELECT a FROM demo", ", \"options\": {\"lateTolerence\": 5}")));
        refused(
                StandardError.INVALID_PROPERTY,
                "tabel",
                () -> container
                        .rules()
                        .create(
                                "{\"id\": \"r5\", \"sql\": \"SELECT a FROM demo\", \"actions\": [{\"collect\": {\"tabel\": 1}}]}"));

        assertThat(container.rules().list()).extracting(RuleSummary::id).containsExactly("r1");
    }

    private static void refused(StandardError code, String named, ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(VarunaException.class, failure -> assertThat(failure.code())
                        .isEqualTo(code))
                .hasMessageContaining(named);
    }

    @Test
    void waitsForASinkThatIsNotThere() {
        container.rules().create(withSink("r1", "later", ", \"options\": {\"waitForPlugins\": true}"));

        assertThat(container.state("r1")).isEqualTo(RuleState.WAITING);
        assertThat(container.message("r1")).isEqualTo("waiting for sink 'later'. There are: collect");
        refused(StandardError.INVALID_RULE, "it is waiting for sink 'later'", () -> container
                .rules()
                .topology("r1"));

        CollectSink later = new CollectSink();
        container.plugins().add(new ProvidedPlugin<>(PluginKind.SINK, "later", "later", "1.0.0", later));
        container.settle();
        container.feed().feed("a", 1L);

        assertThat(container.state("r1")).isEqualTo(RuleState.RUNNING);
        assertThat(later.rows()).containsExactly(Map.of("a", 1L));
    }

    @Test
    void refusesASinkThatNobodyKnows() {
        String refusal =
                "There is no sink 'colect'. Did you mean 'collect'? There are: collect. If a plugin with it comes later,"
                        + " say so by the option \"waitForPlugins\": true";

        refused(StandardError.INVALID_RULE, refusal, () -> container.rules().create(withSink("r1", "colect", "")));
        assertThat(container.rules().validate(withSink("r1", "colect", "")).message())
                .isEqualTo(refusal);
        assertThat(container.rules().list()).isEmpty();

        container.rules().create(rule("r1", "SELECT a FROM demo"));
        refused(StandardError.INVALID_RULE, refusal, () -> container
                .rules()
                .update("r1", withSink("r1", "colect", "")));
        assertThat(container.state("r1")).isEqualTo(RuleState.RUNNING);
    }

    @Test
    void waitsForASinkThatWasThereOrWhosePluginIsAskedForOrThatCameInADocument() {
        container.removeCollect();

        container.rules().create(rule("r1", "SELECT a FROM demo"));
        container.rules().update("r2", withSink("r2", "lines", ", \"options\": {\"plugins\": {\"lines\": \"1.0.0\"}}"));
        assertThat(container.rules().importRuleset("{\"rules\": {\"r3\": " + withSink("r3", "later", "") + "}}"))
                .isEmpty();

        container.advance(Duration.ofSeconds(2));
        assertThat(container.message("r1")).startsWith("waiting for sink 'collect'");
        assertThat(container.message("r2")).startsWith("waiting for sink 'lines'");
        assertThat(container.message("r3")).startsWith("waiting for sink 'later'");
    }

    private static String withSink(String id, String sink, String more) {
        return "{\"id\": \"" + id + "\", \"sql\": \"SELECT a FROM demo\", \"actions\": [{\"" + sink + "\": {}}]" + more
                + "}";
    }

    @Test
    void waitsWhenAPluginGoesAndGoesOnWhenItReturns() {
        container.rules().create(rule("r1", "SELECT a FROM demo"));

        container.removeCollect();
        assertThat(container.feed().opened()).isZero();
        assertThat(container.state("r1")).isEqualTo(RuleState.STARTING);

        container.advance(Duration.ofSeconds(2));
        assertThat(container.state("r1")).isEqualTo(RuleState.WAITING);
        assertThat(container.message("r1")).startsWith("waiting for sink 'collect'");

        container.addCollect("1.0.1");
        container.settle();
        container.feed().feed("a", 1L);
        assertThat(container.state("r1")).isEqualTo(RuleState.RUNNING);
        assertThat(container.collect().rows()).containsExactly(Map.of("a", 1L));
    }

    @Test
    void waitsForAPluginWhosePartsGoOneByOne() {
        Line line = new Line();
        container.plugins().add(new ProvidedPlugin<>(PluginKind.CONNECTION, "collect", "collect", "1.0.0", line));
        container
                .rules()
                .create("{\"id\": \"r1\", \"sql\": \"SELECT a FROM demo\","
                        + " \"actions\": [{\"collect\": {\"server\": \"here\"}}]}");
        assertThat(container.state("r1")).isEqualTo(RuleState.RUNNING);

        container.plugins().remove(PluginKind.CONNECTION, "collect", line);
        container.advance(Duration.ofSeconds(2));
        assertThat(container.message("r1")).contains("has no property 'server'");
        container.removeCollect();
        container.advance(Duration.ofSeconds(2));
        assertThat(container.state("r1")).isEqualTo(RuleState.WAITING);
        assertThat(container.message("r1")).startsWith("waiting for sink 'collect'");

        container.addCollect("1.0.0");
        container.plugins().add(new ProvidedPlugin<>(PluginKind.CONNECTION, "collect", "collect", "1.0.0", line));
        container.settle();
        assertThat(container.state("r1")).isEqualTo(RuleState.RUNNING);
    }

    /** What a sink is connected by. */
    static final class Line implements ConnectionFactory<Line.Config, AutoCloseable> {
        @interface Config {
            String server();
        }

        @Override
        public AutoCloseable open(Config config) {
            return () -> {};
        }
    }

    @Test
    void holdsTheRuleWhileAPluginIsUpdatedInPlace() {
        container.rules().create(rule("r1", "SELECT a FROM demo"));

        container.removeCollect();
        container.addCollect("1.0.1");
        container.settle();

        assertThat(container.state("r1")).isEqualTo(RuleState.RUNNING);
        container.advance(Duration.ofSeconds(5));
        assertThat(container.state("r1")).isEqualTo(RuleState.RUNNING);
        container.feed().feed("a", 1L);
        assertThat(container.collect().rows()).hasSize(1);
    }

    @Test
    void leavesRulesAloneThatDoNotUseThePluginThatGoes() {
        container.rules().create(rule("r1", "SELECT a FROM demo"));
        CollectSink other = new CollectSink();
        var provided = new ProvidedPlugin<>(PluginKind.SINK, "other", "other", "1.0.0", other);
        container.plugins().add(provided);

        container.plugins().remove(PluginKind.SINK, "other", other);

        assertThat(container.state("r1")).isEqualTo(RuleState.RUNNING);
        assertThat(container.rules().status("r1").lastStop()).isZero();
    }

    @Test
    void waitsForAFunctionThatGoes() {
        container.plugins().add(TestContainer.LIBRARY, "library", "1.0.0");
        container.rules().create(rule("r1", "SELECT twice(a) AS t FROM demo"));
        container.feed().feed("a", "x");

        container.plugins().remove(TestContainer.LIBRARY);
        container.advance(Duration.ofSeconds(2));
        assertThat(container.state("r1")).isEqualTo(RuleState.WAITING);
        assertThat(container.message("r1")).contains("function 'twice'");

        container.plugins().add(TestContainer.LIBRARY, "library", "1.0.0");
        container.settle();
        container.feed().feed("a", "y");
        assertThat(container.collect().rows()).containsExactly(Map.of("t", "xx"), Map.of("t", "yy"));
    }

    @Test
    void keepsTheOldRuleRunningWhenTheNewOneIsRefused() {
        container.rules().create(rule("r1", "SELECT a FROM demo"));

        assertThatThrownBy(() -> container.rules().update("r1", rule("r1", "SELECT a FROM nowhere")))
                .hasMessageContaining("nowhere");
        container.feed().feed("a", 1L);

        assertThat(container.state("r1")).isEqualTo(RuleState.RUNNING);
        assertThat(container.collect().rows()).containsExactly(Map.of("a", 1L));
    }

    @Test
    void updatesARule() {
        container.rules().create(rule("r1", "SELECT a FROM demo", ", \"version\": \"1\""));

        assertThatThrownBy(
                        () -> container.rules().update("r1", rule("r1", "SELECT b FROM demo", ", \"version\": \"1\"")))
                .hasMessage("Rule 'r1' has version '1'; version '1' is not newer. Versions are compared as texts");
        container.rules().update("r1", rule("r1", "SELECT b FROM demo", ", \"version\": \"2\""));
        container.rules().update("r2", rule("r2", "SELECT a FROM demo", ", \"triggered\": false"));
        container.feed().feed("a", 1L, "b", 2L);

        assertThat(container.collect().rows()).containsExactly(Map.of("b", 2L));
        assertThat(container.rules().list()).extracting(RuleSummary::id).containsExactly("r1", "r2");
    }

    @Test
    void deletesARule() {
        container.rules().create(rule("r1", "SELECT a FROM demo"));

        container.rules().delete("r1");

        assertThat(container.feed().opened()).isZero();
        refused(StandardError.RULE_NOT_FOUND, "There is no rule 'r1'. There are: none", () -> container
                .rules()
                .status("r1"));
        container.rules().create(rule("r1", "SELECT a FROM demo"));
    }

    @Test
    void startsNothingOfARuleThatIsBeingDeleted() {
        container.rules().create(rule("r1", "SELECT a FROM demo"));
        container.collect().whenClosed(() -> {
            container.rules().restart("r1");
            container.rules().start("r1");
        });

        container.rules().delete("r1");
        container.settle();

        assertThat(container.feed().opened()).isZero();
        assertThat(container.rules().list()).isEmpty();
    }

    @Test
    void leavesARuleThatFailsAloneUnlessItAsksForARestart() {
        container.feed().failWith(new VarunaException(StandardError.INVALID_PROPERTY, "no such topic"));
        container.rules().create(rule("once", "SELECT a FROM demo"));
        container
                .rules()
                .create(rule("again", "SELECT a FROM demo", ", \"options\": {\"restartStrategy\": {\"attempts\": 1}}"));
        assertThat(container.state("once")).isEqualTo(RuleState.FAILED);
        assertThat(container.message("once")).contains("no such topic");
        assertThat(container.state("again")).isEqualTo(RuleState.FAILED);

        container.advance(Duration.ofSeconds(2));
        container.feed().failWith(null);
        container.advance(Duration.ofSeconds(2));

        assertThat(container.state("once")).isEqualTo(RuleState.FAILED);
        assertThat(container.state("again")).isEqualTo(RuleState.RUNNING);
    }

    @Test
    void stopsWhenTheSourceHasNoMore() {
        container.rules().create(rule("r1", "SELECT a FROM demo"));
        container.feed().feed("a", 1L);

        container.feed().end();
        container.settle();

        assertThat(container.state("r1")).isEqualTo(RuleState.STOPPED);
        assertThat(container.message("r1")).isEqualTo("done");
        assertThat(container.rules().get("r1")).contains("\"triggered\":false");
        assertThat(container.collect().rows()).hasSize(1);
    }

    @Test
    void runsOnASchedule() {
        container
                .rules()
                .create(rule(
                        "r1", "SELECT a FROM demo", ", \"options\": {\"cron\": \"0 8 * * *\", \"duration\": \"30m\"}"));
        assertThat(container.state("r1")).isEqualTo(RuleState.SCHEDULED);
        assertThat(container.rules().status("r1").nextStart())
                .isEqualTo(TestContainer.START.plus(Duration.ofHours(2)).toEpochMilli());

        container.advance(Duration.ofHours(2));
        assertThat(container.state("r1")).isEqualTo(RuleState.RUNNING);

        container.advance(Duration.ofMinutes(30));
        assertThat(container.state("r1")).isEqualTo(RuleState.SCHEDULED);

        container.advance(Duration.ofHours(24));
        assertThat(container.state("r1")).isEqualTo(RuleState.SCHEDULED);
        container.rules().stop("r1");
        assertThat(container.state("r1")).isEqualTo(RuleState.STOPPED);
    }

    @Test
    void runsOnceForADuration() {
        container.rules().create(rule("r1", "SELECT a FROM demo", ", \"options\": {\"duration\": \"10s\"}"));
        assertThat(container.state("r1")).isEqualTo(RuleState.RUNNING);

        container.advance(Duration.ofSeconds(10));

        assertThat(container.state("r1")).isEqualTo(RuleState.STOPPED);
        assertThat(container.message("r1")).isEqualTo("duration terminated");
    }

    @Test
    void validatesWithoutCreating() {
        RuleValidation good = container.rules().validate(rule("r1", "SELECT a FROM demo", ", \"trigerred\": true"));
        RuleValidation bad = container.rules().validate(rule("r1", "SELECT FROM demo"));
        RuleValidation waiting =
                container.rules().validate(withSink("r1", "mysql", ", \"options\": {\"waitForPlugins\": true}"));

        assertThat(good.valid()).isTrue();
        assertThat(good.sources()).containsExactly("demo");
        assertThat(good.explanation()).isEqualTo(waiting.explanation()).isNotNull();
        assertThat(good.message()).contains("Did you mean 'triggered'?");
        assertThat(bad.valid()).isFalse();
        assertThat(bad.message()).isNotEmpty();
        assertThat(bad.explanation()).isNull();
        assertThat(waiting.valid()).isTrue();
        assertThat(waiting.message()).isEqualTo("waiting for sink 'mysql'. There are: collect");
        assertThat(container.rules().list()).isEmpty();
    }

    @Test
    void explainsARule() {
        container.rules().create(rule("r1", "SELECT a FROM demo WHERE a > 1"));

        container.rules().stop("r1");

        RuleExplanation explanation = container.rules().explain("r1");
        assertThat(explanation.text()).contains("Filter", "Scan demo");
        assertThat(explanation.eventTime()).isFalse();
        assertThat(explanation.time()).contains("isEventTime is not set");
        assertThat(explanation.inputs()).singleElement().satisfies(input -> {
            assertThat(input.columns()).containsExactly("a");
            assertThat(input.conditions()).containsExactly("a > 1");
        });
        assertThat(explanation.plan().operator()).isEqualTo("Output");
        assertThat(container.rules().topology("r1").sources()).containsExactly("source_demo");
        assertThat(container.rules().topology("r1").edges()).containsValue(List.of("sink_collect_0"));
    }

    @Test
    void changesTags() {
        container.rules().create(rule("r1", "SELECT a FROM demo", ", \"tags\": [\"old\"]"));

        container.rules().setTags("r1", List.of("floor1", "hall"));

        assertThat(container.rules().list()).singleElement().satisfies(summary -> assertThat(summary.tags())
                .containsExactly("floor1", "hall"));
        assertThat(container.rules().status("r1").lastStop()).isZero();
    }

    @Test
    void showsTheOutputAcrossRestarts() throws Exception {
        container.rules().create(rule("r1", "SELECT a FROM demo"));
        List<String> seen = new ArrayList<>();
        AutoCloseable tail = container.rules().tail("r1", seen::add);

        container.feed().feed("a", 1L);
        container.rules().restart("r1");
        container.feed().feed("a", 2L);
        tail.close();
        container.feed().feed("a", 3L);

        assertThat(seen).hasSize(2).first().asString().contains("\"a\":1");
    }
}
