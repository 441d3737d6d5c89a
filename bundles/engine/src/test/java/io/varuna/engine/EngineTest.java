package io.varuna.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.varuna.api.data.Column;
import io.varuna.api.data.DataType;
import io.varuna.api.data.Schema;
import io.varuna.api.error.VarunaException;
import io.varuna.api.plugin.ConnectionStatus;
import io.varuna.api.sink.RejectedRowsException;
import io.varuna.engine.plugin.PluginMissingException;
import io.varuna.engine.rule.ActionSpec;
import io.varuna.engine.rule.RuleOptions;
import io.varuna.engine.rule.RuleSpec;
import io.varuna.engine.state.MemoryStateStore;
import io.varuna.engine.time.VirtualTime;
import io.varuna.plan.Dialect;
import io.varuna.plan.Operator;
import io.varuna.plan.Output;
import io.varuna.plan.RulePlan;
import io.varuna.plan.Scan;
import io.varuna.plan.StreamDefinition;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EngineTest {
    private static final Instant START = Instant.parse("2025-01-01T00:00:00Z");

    private final TestStream stream = new TestStream();
    private final TestSink sink = new TestSink(true);
    private final TestSink errors = new TestSink(false);
    private final TestPlugins plugins =
            new TestPlugins().source("test", stream).sink("test", sink).sink("errors", errors);
    private final VirtualTime time = new VirtualTime(START);
    private final MemoryStateStore store = new MemoryStateStore();
    private final Engine engine = Engine.builder()
            .plugins(plugins)
            .stateStore(store)
            .time(time)
            .zone(ZoneOffset.UTC)
            .build();
    private final RuleEvents listener = new RuleEvents();

    @AfterEach
    void close() {
        engine.close();
    }

    private static RulePlan hotOnes() {
        Scan scan = Plans.scan("id", "temperature");
        var hot = Plans.filter(
                scan, Plans.operation(Operator.GREATER, Plans.column(scan, "temperature"), Plans.literal(20L)));
        return Plans.plan(Plans.project(
                hot,
                new TreeMap<>(Map.of(
                        "id",
                        Plans.column(hot, "id"),
                        "twice",
                        Plans.operation(Operator.MULTIPLY, Plans.column(hot, "temperature"), Plans.literal(2L))))));
    }

    private static RuleSpec rule(RulePlan plan, Map<String, ?> options, Map<String, ?> properties) {
        return new RuleSpec(
                "r1",
                plan,
                List.of(Plans.stream("demo")),
                List.of(new ActionSpec("test", 0, new TreeMap<>(properties))),
                RuleOptions.of(options));
    }

    @Test
    void rowsAreFilteredProjectedAndWritten() throws Exception {
        engine.start(rule(hotOnes(), Map.of(), Map.of()), listener);

        stream.emit(
                Map.of("id", "a", "temperature", 21L),
                Map.of("id", "b", "temperature", 20L),
                Map.of("id", "c", "temperature", 30.5));

        assertThat(sink.rows).containsExactly(Map.of("id", "a", "twice", 42L), Map.of("id", "c", "twice", 61.0));
        assertThat(sink.messages).containsExactly("[{\"id\":\"a\",\"twice\":42}]", "[{\"id\":\"c\",\"twice\":61.0}]");
    }

    @Test
    void payloadsAreDecodedOnlyAsFarAsTheRuleNeedsThem() throws Exception {
        engine.start(rule(hotOnes(), Map.of(), Map.of("sendSingle", true)), listener);

        stream.emit("{\"id\":\"a\",\"temperature\":25,\"other\":[1,2]}");

        assertThat(sink.messages).containsExactly("{\"id\":\"a\",\"twice\":50}");
    }

    @Test
    void aPayloadThatIsBrokenGoesToTheDeadLettersAndTheRuleGoesOn() throws Exception {
        RunningRule rule = engine.start(
                rule(hotOnes(), Map.of("onError", List.of(Map.of("errors", Map.of()))), Map.of()), listener);

        stream.emit("{\"id\":");
        stream.emit("{\"id\":\"a\",\"temperature\":25}");

        assertThat(sink.rows).hasSize(1);
        assertThat(errors.rows).singleElement().satisfies(row -> assertThat(row)
                .containsEntry("rule", "r1")
                .containsEntry("step", "source_demo_0")
                .containsEntry("record", "{\"id\":"));
        assertThat(rule.metrics())
                .containsEntry("source_demo_0_exceptions_total", 1L)
                .containsEntry("rule_dead_letters_total", 1L);
    }

    @Test
    void aRowThatCannotBeEvaluatedCostsThatRowOnly() throws Exception {
        RunningRule rule = engine.start(
                rule(hotOnes(), Map.of("sendError", true, "onError", List.of(Map.of("errors", Map.of()))), Map.of()),
                listener);

        stream.emit(Map.of("id", "a", "temperature", "warm"), Map.of("id", "b", "temperature", 30L));

        assertThat(sink.rows)
                .containsExactly(
                        Map.of("error", "'warm' (STRING) cannot be compared with '20' (BIGINT)"),
                        Map.of("id", "b", "twice", 60L));
        assertThat(errors.rows).hasSize(1);
        assertThat(rule.metrics()).containsEntry("op_2_filter_0_exceptions_total", 1L);
    }

    @Test
    void figuresHaveTheNamesOfEKuiper() throws Exception {
        RunningRule rule = engine.start(rule(hotOnes(), Map.of(), Map.of()), listener);

        stream.emit(Map.of("id", "a", "temperature", 21L), Map.of("id", "b", "temperature", 2L));

        assertThat(rule.metrics())
                .containsEntry("source_demo_0_records_in_total", 2L)
                .containsEntry("source_demo_0_connection_status", 1)
                .containsEntry("op_2_filter_0_records_in_total", 2L)
                .containsEntry("op_2_filter_0_records_out_total", 1L)
                .containsEntry("op_3_project_0_records_out_total", 1L)
                .containsEntry("sink_test_0_0_records_out_total", 1L)
                .containsEntry("sink_test_0_0_buffer_length", 0L);
        assertThat(rule.topology().sources()).containsExactly("source_demo");
        assertThat(rule.topology().edges())
                .containsEntry("source_demo", List.of("op_2_filter"))
                .containsEntry("op_4_output", List.of("sink_test_0"));
    }

    @Test
    void aTransientFailureBringsTheSameBatchAgain() throws Exception {
        List<Integer> attempts = new ArrayList<>();
        sink.behave(batch -> {
            attempts.add(batch.size());
            if (attempts.size() < 4) {
                throw new IOException("away");
            }
        });
        RunningRule rule = engine.start(rule(hotOnes(), Map.of(), Map.of()), listener);

        stream.emit(Map.of("id", "a", "temperature", 21L), Map.of("id", "b", "temperature", 22L));
        assertThat(sink.rows).isEmpty();
        time.advanceTo(START.plusSeconds(10));

        assertThat(attempts).containsExactly(2, 2, 2, 2);
        assertThat(sink.rows).extracting(row -> row.get("id")).containsExactly("a", "b");
        assertThat(rule.metrics()).containsEntry("sink_test_0_0_exceptions_total", 3L);
    }

    @Test
    void rowsThatASinkRefusesGoToTheDeadLettersAndTheRestCounts() throws Exception {
        sink.behave(batch -> {
            if (batch.size() == 2) {
                throw new RejectedRowsException(Map.of(1, new IllegalArgumentException("too long")));
            }
        });
        RunningRule rule = engine.start(
                rule(hotOnes(), Map.of("onError", List.of(Map.of("errors", Map.of()))), Map.of()), listener);

        stream.emit(Map.of("id", "a", "temperature", 21L), Map.of("id", "b", "temperature", 22L));

        assertThat(errors.rows).singleElement().satisfies(row -> assertThat(row)
                .containsEntry("error", "too long")
                .containsEntry("step", "sink_test_0_0")
                .containsEntry("record", Map.of("id", "b", "twice", 44L)));
        assertThat(rule.metrics()).containsEntry("sink_test_0_0_records_out_total", 1L);
    }

    @Test
    void aBatchThatFailsForGoodIsTakenApart() throws Exception {
        sink.behave(batch -> {
            for (var row : batch) {
                if ("b".equals(row.get(0))) {
                    throw new IllegalArgumentException("no b");
                }
            }
        });
        engine.start(rule(hotOnes(), Map.of("onError", List.of(Map.of("errors", Map.of()))), Map.of()), listener);

        stream.emit(
                Map.of("id", "a", "temperature", 21L),
                Map.of("id", "b", "temperature", 22L),
                Map.of("id", "c", "temperature", 23L));

        assertThat(sink.rows).extracting(row -> row.get("id")).containsExactly("a", "c");
        assertThat(errors.rows).extracting(row -> row.get("error")).containsExactly("no b");
    }

    @Test
    void sourceIsConnectedWhenItSaysSoOrSaysNothing() {
        stream.saying(ConnectionStatus.CONNECTING);
        RunningRule rule = engine.start(rule(hotOnes(), Map.of(), Map.of()), listener);
        assertThat(rule.metrics()).containsEntry("source_demo_0_connection_status", 0);
        rule.stop();

        stream.saying(null);
        rule = engine.start(rule(hotOnes(), Map.of(), Map.of()), listener);
        assertThat(rule.metrics()).containsEntry("source_demo_0_connection_status", 1);
    }

    @Test
    void aSourceThatIsAwayIsTriedAgain() throws Exception {
        stream.failing(2);
        RunningRule rule = engine.start(rule(hotOnes(), Map.of(), Map.of()), listener);
        assertThat(rule.metrics())
                .containsEntry("source_demo_0_connection_status", -1)
                .containsEntry("source_demo_0_connection_last_disconnected_message", "not there yet");

        time.advanceTo(START.plusSeconds(2));
        stream.emit(Map.of("id", "a", "temperature", 21L));

        assertThat(stream.opened()).isEqualTo(3);
        assertThat(rule.ready()).isCompleted();
        assertThat(sink.rows).hasSize(1);
    }

    @Test
    void theEndOfAllSourcesEndsTheRule() throws Exception {
        engine.start(rule(hotOnes(), Map.of(), Map.of()), listener);

        stream.emit(Map.of("id", "a", "temperature", 21L));
        stream.end();

        assertThat(listener.told).containsExactly("done");
        assertThat(sink.rows).hasSize(1);
    }

    @Test
    void sourcesLearnWhatIsSafeOnlyWhenTheSinksHaveIt() throws Exception {
        sink.behave(batch -> {
            throw new IOException("away");
        });
        engine.start(rule(hotOnes(), Map.of("qos", 1), Map.of()), listener);
        stream.emit(Map.of("id", "a", "temperature", 21L));
        stream.requestCommit();

        time.advanceTo(START.plusMillis(300));
        assertThat(stream.committed).isEmpty();
        sink.behave(batch -> {});
        time.advanceTo(START.plusSeconds(5));

        assertThat(stream.committed).containsExactly("1");
        assertThat(sink.flushes).hasPositiveValue();
        assertThat(store.load("r1")).isPresent();
    }

    @Test
    void aRuleThatKeepsStateReadsOnWhereItStopped() throws Exception {
        RuleSpec spec = rule(hotOnes(), Map.of("qos", 1), Map.of());
        RunningRule first = engine.start(spec, listener);
        stream.emit(Map.of("id", "a", "temperature", 21L));
        first.stop();

        engine.start(spec, listener);

        assertThat(stream.restored).extracting(position -> position.offset()).containsExactly("1");
        assertThat(stream.committed).containsExactly("1");
    }

    @Test
    void aMissingPluginIsNamedWithWhatIsThere() {
        RuleSpec spec = new RuleSpec(
                "r1",
                hotOnes(),
                List.of(Plans.stream("demo")),
                List.of(new ActionSpec("mysql", 0, Map.of())),
                RuleOptions.DEFAULT);

        assertThatThrownBy(() -> engine.start(spec, listener))
                .isInstanceOf(PluginMissingException.class)
                .hasMessage("waiting for sink 'mysql'. There are: errors, test");
    }

    @Test
    void allPropertiesThatAreWrongAreNamedAtOnce() {
        Map<String, @Nullable Object> properties = new TreeMap<>();
        properties.put("sendSingle", "perhaps");
        properties.put("tabel", "x");
        RuleSpec spec = new RuleSpec(
                "r1",
                hotOnes(),
                List.of(Plans.stream("demo")),
                List.of(new ActionSpec("test", 0, properties)),
                RuleOptions.DEFAULT);

        assertThatThrownBy(() -> engine.check(spec))
                .isInstanceOf(VarunaException.class)
                .hasMessageContaining("Option 'sendSingle' takes true or false, not 'perhaps'")
                .hasMessageContaining("Sink 'test' of rule 'r1' has no property 'tabel'");
    }

    @Test
    void whatAPluginFindsWrongIsKnownBeforeItIsOpened() {
        sink.findWrong("Property 'url' takes an http or https address, not 'ftp://x'");
        RuleSpec spec = new RuleSpec(
                "r1",
                hotOnes(),
                List.of(Plans.stream("demo")),
                List.of(new ActionSpec("test", 0, Map.of())),
                RuleOptions.DEFAULT);

        assertThatThrownBy(() -> engine.check(spec))
                .isInstanceOf(VarunaException.class)
                .hasMessageContaining("Sink 'test' of rule 'r1': Property 'url' takes an http or https address");
    }

    @Test
    void rulesOnASharedStreamHaveOneSource() throws Exception {
        StreamDefinition shared = Plans.stream("demo", "SHARED", "TRUE");
        List<ActionSpec> actions = List.of(new ActionSpec("test", 0, Map.of()));
        RulePlan ids = Plans.plan(Plans.scan("id"));
        engine.start(new RuleSpec("r1", hotOnes(), List.of(shared), actions, RuleOptions.DEFAULT), listener);
        RunningRule second =
                engine.start(new RuleSpec("r2", ids, List.of(shared), actions, RuleOptions.DEFAULT), listener);

        stream.emit(Map.of("id", "a", "temperature", 21L, "x", 1L));
        assertThat(sink.rows).containsExactly(Map.of("id", "a", "twice", 42L), Map.of("id", "a"));
        second.stop();
        stream.emit(Map.of("id", "b", "temperature", 21L));

        assertThat(sink.rows).hasSize(3);
        assertThat(stream.opened()).isEqualTo(1);
    }

    @Test
    void aStrictStreamRejectsRecordsThatDoNotFit() throws Exception {
        Schema schema = Schema.of(new Column("id", DataType.VARCHAR), new Column("temperature", DataType.BIGINT));
        StreamDefinition strict = Plans.stream("demo", schema, "STRICT_VALIDATION", "TRUE");
        RuleSpec spec = new RuleSpec(
                "r1",
                hotOnes(),
                List.of(strict),
                List.of(new ActionSpec("test", 0, Map.of())),
                RuleOptions.of(Map.of("onError", List.of(Map.of("errors", Map.of())))));
        engine.start(spec, listener);

        stream.emit(Map.of("id", "a"));
        stream.emit("{\"id\":7,\"temperature\":25}");
        stream.emit("{\"id\":\"c\",\"temperature\":25}");

        assertThat(sink.rows).containsExactly(Map.of("id", "c", "twice", 50L));
        assertThat(errors.rows).hasSize(2);
    }

    @Test
    void wholeRecordsAndMetadataCanBeRead() throws Exception {
        Scan scan = new Scan(
                "demo",
                "demo",
                List.of(
                        new Scan.ScanColumn("*", DataType.struct(Schema.OPEN), Scan.ColumnSource.RECORD),
                        new Scan.ScanColumn("meta", DataType.struct(Schema.OPEN), Scan.ColumnSource.METADATA)));
        RulePlan plan = new RulePlan(
                Dialect.RULE,
                new Output(
                        scan,
                        List.of(
                                new Output.OutputColumn("*", 0, Output.Presence.SPREAD),
                                new Output.OutputColumn("m", 1, Output.Presence.NOT_NULL))),
                List.of("demo"),
                List.of());
        engine.start(rule(plan, Map.of(), Map.of()), listener);

        stream.emit(new TreeMap<>(Map.of("b", 1L, "a", List.of(1L), "m", 3L)));

        assertThat(sink.rows).containsExactly(Map.of("a", List.of(1L), "b", 1L, "m", Map.of("topic", "t")));
        assertThat(sink.rows.get(0).keySet()).containsExactly("a", "b", "m");
    }

    @Test
    void resultsAreShapedForTheirSinks() throws Exception {
        engine.start(
                rule(
                        hotOnes(),
                        Map.of(),
                        Map.of("fields", List.of("twice"), "dataTemplate", "{{range .}}<{{.twice}}>{{end}}")),
                listener);

        stream.emit(Map.of("id", "a", "temperature", 21L));

        assertThat(sink.messages).containsExactly("<42>");
        assertThat(sink.rows).containsExactly(Map.of("twice", 42L));
    }

    @Test
    void everyResultCanBeWatched() throws Exception {
        RunningRule rule = engine.start(rule(hotOnes(), Map.of(), Map.of()), listener);
        List<String> seen = new ArrayList<>();

        try (AutoCloseable tail = rule.tail(seen::add)) {
            assertThat(tail).isNotNull();
            stream.emit(Map.of("id", "a", "temperature", 21L));
        }
        stream.emit(Map.of("id", "b", "temperature", 21L));

        assertThat(seen).containsExactly("[{\"id\":\"a\",\"twice\":42}]");
    }

    @Test
    void metadataGoAlongWhereTheRuleSaysSo() throws Exception {
        engine.start(rule(hotOnes(), Map.of("sendMetaToSink", true), Map.of()), listener);

        stream.emit(Map.of("id", "a", "temperature", 21L));

        assertThat(sink.rows).containsExactly(Map.of("id", "a", "twice", 42L, "__meta", Map.of("topic", "t")));
    }

    @Test
    void anErrorOfAPluginCostsNoMoreThanAnException() throws Exception {
        sink.behave(batch -> {
            if (batch.size() == 1 && "b".equals(batch.row(0).get(0))) {
                throw new NoClassDefFoundError("gone");
            }
        });
        engine.start(rule(hotOnes(), Map.of("onError", List.of(Map.of("errors", Map.of()))), Map.of()), listener);

        stream.emit(Map.of("id", "b", "temperature", 22L));
        stream.emit(Map.of("id", "c", "temperature", 23L));

        assertThat(sink.rows).extracting(row -> row.get("id")).containsExactly("c");
        assertThat(errors.rows).singleElement().satisfies(row -> assertThat((String) row.get("error"))
                .contains("broke down: java.lang.NoClassDefFoundError: gone"));
    }

    @Test
    void rowsAreGatheredByNumberAndTime() throws Exception {
        engine.start(rule(hotOnes(), Map.of(), Map.of("batchSize", 2, "lingerInterval", "1s")), listener);

        stream.emit(
                Map.of("id", "a", "temperature", 21L),
                Map.of("id", "b", "temperature", 21L),
                Map.of("id", "c", "temperature", 21L));
        assertThat(sink.messages).containsExactly("[{\"id\":\"a\",\"twice\":42},{\"id\":\"b\",\"twice\":42}]");
        time.advanceTo(START.plusSeconds(1));

        assertThat(sink.messages).hasSize(2);
    }

    @Test
    void theStepsOfARuleCanBeShownBeforeItRuns() {
        assertThat(engine.topology(rule(hotOnes(), Map.of(), Map.of())).edges())
                .containsEntry("source_demo", List.of("op_2_filter"))
                .containsEntry("op_2_filter", List.of("op_3_project"))
                .containsEntry("op_4_output", List.of("sink_test_0"));
    }

    @Test
    void aSourceThatCannotWaitLearnsAtOnceWhatTheSinksHaveTaken() throws Exception {
        engine.start(rule(hotOnes(), Map.of(), Map.of()), listener);

        stream.emit(Map.of("id", "a", "temperature", 21L));
        stream.requestCommit();
        time.advanceTo(START);
        assertThat(stream.committed).containsExactly("1");
        stream.emit(Map.of("id", "a", "temperature", 21L));
        time.advanceTo(START.plusMillis(199));
        assertThat(stream.committed).hasSize(1);
        time.advanceTo(START.plusMillis(200));

        assertThat(stream.committed).containsExactly("1", "2");
    }
}
