package io.varuna.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.varuna.api.codec.CodecFactory;
import io.varuna.api.codec.Decoder;
import io.varuna.api.codec.Encoder;
import io.varuna.api.data.DataType;
import io.varuna.api.data.Schema;
import io.varuna.engine.function.FunctionTable;
import io.varuna.engine.plugin.PluginView;
import io.varuna.engine.rule.ActionSpec;
import io.varuna.engine.rule.RuleOptions;
import io.varuna.engine.rule.RuleSpec;
import io.varuna.engine.time.VirtualTime;
import io.varuna.plan.Expression;
import io.varuna.plan.PlanNode;
import io.varuna.plan.Scan;
import io.varuna.plan.WindowSpec.Kind;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SwapTest implements UnendingRule {
    private static final Instant START = Instant.parse("2025-01-01T00:00:00Z");
    private static final Duration HEALTH = Duration.ofSeconds(10);

    private final TestStream stream = new TestStream();
    private final TestStream nextStream = new TestStream();
    private final TestSink sink = new TestSink(true);
    private final TestSink nextSink = new TestSink(true);
    private final TestSink errors = new TestSink(false);
    private final VirtualTime time = new VirtualTime(START);
    private final FunctionTable functions = new FunctionTable();
    private final Engine engine = Engine.builder()
            .plugins(plugins("1.0.0"))
            .functions(functions)
            .time(time)
            .zone(ZoneOffset.UTC)
            .build();
    private final Scan scan = Plans.scan("k", "v");

    SwapTest() {
        functions.register(new TestFunctions(), "functions", "1.0.0");
    }

    private TestPlugins plugins(String version) {
        return new TestPlugins(version)
                .source("test", stream)
                .sink("test", sink)
                .sink("errors", errors)
                .codec(CODEC);
    }

    private static final CodecFactory<TestPlugins.None> CODEC = new TestPlugins.JsonCodec();

    @AfterEach
    void close() {
        engine.close();
    }

    private RunningRule start(PlanNode plan) {
        return engine.start(
                new RuleSpec(
                        "r1",
                        Plans.plan(plan),
                        List.of(Plans.stream("demo")),
                        List.of(new ActionSpec("test", 0, Map.of())),
                        RuleOptions.of(Map.of("onError", List.of(Map.of("errors", Map.of()))))),
                this);
    }

    private static PluginView functionsOf(TestPlugins plugins, String version) {
        return new PluginView(plugins, Map.of("functions", version));
    }

    private void emit(TestStream into, String key, long value) throws InterruptedException {
        into.emit(new TreeMap<>(Map.of("k", key, "v", value)));
    }

    @Test
    void aSinkIsExchangedBetweenTwoBatchesAndTheOldOneClosedAfterTheTrial() throws Exception {
        RunningRule rule = start(scan);
        emit(stream, "a", 1);

        CompletableFuture<SwapReport> report =
                rule.swap(PluginView.of(plugins("2.0.0").sink("test", nextSink)), HEALTH);
        emit(stream, "b", 2);
        assertThat(report).isNotDone();
        assertThat(sink.closed).hasValue(0);
        time.advanceTo(START.plus(HEALTH));

        assertThat(report.join().moved()).isTrue();
        assertThat(report.join().message()).contains("sink 'test_0'");
        assertThat(sink.rows).extracting(row -> row.get("k")).containsExactly("a");
        assertThat(nextSink.rows).extracting(row -> row.get("k")).containsExactly("b");
        assertThat(sink.flushes).hasPositiveValue();
        assertThat(sink.closed).hasValue(1);
        assertThat(rule.uses()).anySatisfy(use -> assertThat(use.version()).isEqualTo("2.0.0"));
    }

    @Test
    void aSinkThatCannotBeOpenedChangesNothing() throws Exception {
        RunningRule rule = start(scan);

        SwapReport report = rule.swap(PluginView.of(plugins("2.0.0").sink("test", nextSink.refusing())), HEALTH)
                .join();
        emit(stream, "a", 1);

        assertThat(report.moved()).isFalse();
        assertThat(report.message()).isEqualTo("sink 'test_0': no such table");
        assertThat(sink.rows).hasSize(1);
        assertThat(rule.uses()).extracting(use -> use.version()).containsOnly("1.0.0");
    }

    @Test
    void aSinkThatFailsOnItsFirstBatchGivesItBackToTheOldOne() throws Exception {
        nextSink.behave(batch -> {
            throw new IOException("unknown column");
        });
        RunningRule rule = start(scan);

        CompletableFuture<SwapReport> report =
                rule.swap(PluginView.of(plugins("2.0.0").sink("test", nextSink)), HEALTH);
        emit(stream, "a", 1);
        time.advanceTo(START.plusSeconds(1));

        assertThat(report.join().moved()).isFalse();
        assertThat(report.join().message()).isEqualTo("sink 'test_0': does not write: unknown column");
        assertThat(sink.rows).hasSize(1);
        assertThat(nextSink.closed).hasValue(1);
        assertThat(sink.closed).hasValue(0);
    }

    @Test
    void aSourceGoesOnFromThePositionOfTheOldOne() throws Exception {
        RunningRule rule = start(scan);
        emit(stream, "a", 1);
        emit(stream, "b", 2);

        SwapReport report = rule.swap(PluginView.of(plugins("2.0.0").source("test", nextStream)), Duration.ZERO)
                .join();
        emit(stream, "nobody", 0);
        emit(nextStream, "c", 3);

        assertThat(report.moved()).isTrue();
        assertThat(nextStream.restored)
                .extracting(position -> position.offset())
                .containsExactly("2");
        assertThat(sink.rows).extracting(row -> row.get("k")).containsExactly("a", "b", "c");
    }

    @Test
    void aSourceThatCannotBeOpenedLetsTheOldOneGoOn() throws Exception {
        RunningRule rule = start(scan);

        SwapReport report = rule.swap(PluginView.of(plugins("2.0.0").source("test", nextStream.failing(1))), HEALTH)
                .join();
        emit(stream, "a", 1);

        assertThat(report.moved()).isFalse();
        assertThat(report.message()).isEqualTo("source of stream 'demo': not there yet");
        assertThat(sink.rows).hasSize(1);
    }

    @Test
    void partsThatWereExchangedGoBackIfALaterOneFails() throws Exception {
        RunningRule rule = start(scan);

        SwapReport report = rule.swap(
                        PluginView.of(plugins("2.0.0").sink("test", nextSink).source("test", nextStream.failing(1))),
                        HEALTH)
                .join();
        emit(stream, "a", 1);

        assertThat(report.moved()).isFalse();
        assertThat(sink.rows).hasSize(1);
        assertThat(nextSink.rows).isEmpty();
        assertThat(nextSink.closed).hasValue(1);
    }

    @Test
    void functionsTakeOverTheStateOfTheOldOnes() throws Exception {
        RunningRule rule = start(WindowPlans.sums(scan, WindowPlans.spec(Kind.COUNT, 3, 3)));
        functions.register(new TestFunctions(1_000), "functions", "2.0.0");
        emit(stream, "a", 1);
        emit(stream, "a", 2);

        SwapReport report =
                rule.swap(functionsOf(plugins("1.0.0"), "2.0.0"), Duration.ZERO).join();
        emit(stream, "a", 3);

        assertThat(report.moved()).isTrue();
        assertThat(sink.rows).extracting(row -> row.get("s")).containsExactly(6_000L);
    }

    @Test
    void twoRulesMayUseTwoVersionsOfAFunction() throws Exception {
        functions.register(new TestFunctions(1_000), "functions", "2.0.0");
        Expression scaled = new Expression.FunctionCall("scaled", List.of(Plans.column(scan, "v")), DataType.BIGINT);
        RuleSpec spec = new RuleSpec(
                "pinned",
                Plans.plan(Plans.project(scan, Map.of("s", scaled))),
                List.of(Plans.stream("demo", "SHARED", "TRUE")),
                List.of(new ActionSpec("test", 0, Map.of())),
                RuleOptions.DEFAULT);
        engine.start(spec, functionsOf(plugins("1.0.0"), "1.0.0"), this);
        engine.start(spec, this);

        emit(stream, "a", 7);

        assertThat(sink.rows).extracting(row -> row.get("s")).containsExactly(7L, 7_000L);
    }

    @Test
    void aFunctionThatFailsIsTakenBackWithoutLosingARow() throws Exception {
        RunningRule rule = start(WindowPlans.sums(scan, WindowPlans.spec(Kind.COUNT, 3, 3)));
        functions.register(new TestFunctions(TestFunctions.BROKEN), "functions", "2.0.0");
        emit(stream, "a", 1);

        CompletableFuture<SwapReport> report = rule.swap(functionsOf(plugins("1.0.0"), "2.0.0"), HEALTH);
        emit(stream, "a", 2);
        emit(stream, "a", 3);
        time.advanceTo(START.plusSeconds(1));

        assertThat(report.join().moved()).isFalse();
        assertThat(report.join().message()).contains("a function fails: broken");
        assertThat(sink.rows).extracting(row -> row.get("s")).containsExactly(6L);
        assertThat(errors.rows).isEmpty();
    }

    @Test
    void aRowThatNoVersionTakesDoesNotTakeBackTheNewOne() throws Exception {
        Expression scaled = new Expression.FunctionCall("strict", List.of(Plans.column(scan, "v")), DataType.BIGINT);
        RunningRule rule = start(Plans.project(scan, Map.of("s", scaled)));
        functions.register(new TestFunctions(1_000), "functions", "2.0.0");

        CompletableFuture<SwapReport> report = rule.swap(functionsOf(plugins("1.0.0"), "2.0.0"), HEALTH);
        stream.emit(Map.of("v", "text"), Map.of("v", 2L));
        time.advanceTo(START.plus(HEALTH));

        assertThat(report.join().moved()).isTrue();
        assertThat(sink.rows).extracting(row -> row.get("s")).containsExactly(2L);
        assertThat(errors.rows).hasSize(1);
        emit(stream, "a", 3);
        assertThat(sink.rows).extracting(row -> row.get("s")).containsExactly(2L, 3_000L);
    }

    @Test
    void aCodecThatDoesNotReadIsTakenBackWithoutLosingARecord() throws Exception {
        CodecFactory<TestPlugins.None> broken = new CodecFactory<>() {
            @Override
            public Class<TestPlugins.None> configType() {
                return TestPlugins.None.class;
            }

            @Override
            public Decoder decoder(TestPlugins.None config, Schema schema) {
                return (payload, out) -> {
                    throw new IOException("no such version");
                };
            }

            @Override
            public Encoder encoder(TestPlugins.None config) {
                return CODEC.encoder(config);
            }
        };
        RunningRule rule = start(scan);

        CompletableFuture<SwapReport> report =
                rule.swap(PluginView.of(plugins("2.0.0").codec(broken)), HEALTH);
        stream.emit("{\"k\":\"a\",\"v\":1}");
        time.advanceTo(START.plusSeconds(1));
        stream.emit("{\"k\":\"b\",\"v\":2}");

        assertThat(report.join().moved()).isFalse();
        assertThat(report.join().message()).contains("its codec does not read: no such version");
        assertThat(sink.rows).extracting(row -> row.get("k")).containsExactly("a", "b");
        assertThat(errors.rows).isEmpty();
    }

    @Test
    void aMissingPluginAndASecondSwapAreReported() {
        RunningRule rule = start(scan);

        SwapReport missing =
                rule.swap(PluginView.of(new TestPlugins("2.0.0")), HEALTH).join();
        CompletableFuture<SwapReport> underWay =
                rule.swap(PluginView.of(plugins("2.0.0").sink("test", nextSink)), HEALTH);
        SwapReport second = rule.swap(PluginView.of(plugins("3.0.0")), HEALTH).join();

        assertThat(missing.moved()).isFalse();
        assertThat(missing.message()).startsWith("waiting for source 'test'");
        assertThat(second.message()).isEqualTo("another swap is under way");
        time.advanceTo(START.plus(HEALTH));
        assertThat(underWay.join().moved()).isTrue();
    }
}
