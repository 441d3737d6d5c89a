package io.varuna.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.varuna.api.data.DataType;
import io.varuna.api.function.Args;
import io.varuna.api.function.FunctionDefinition;
import io.varuna.api.function.FunctionLibrary;
import io.varuna.api.lookup.LookupFactory;
import io.varuna.api.lookup.LookupSource;
import io.varuna.api.source.PollingSource;
import io.varuna.api.source.Position;
import io.varuna.api.source.ReadingSource;
import io.varuna.api.source.Source;
import io.varuna.api.source.SourceContext;
import io.varuna.api.source.SourceFactory;
import io.varuna.api.source.SourceOutput;
import io.varuna.engine.function.FunctionTable;
import io.varuna.engine.plugin.PluginUse;
import io.varuna.engine.plugin.PluginView;
import io.varuna.engine.rule.ActionSpec;
import io.varuna.engine.rule.RuleOptions;
import io.varuna.engine.rule.RuleSpec;
import io.varuna.engine.time.RealTime;
import io.varuna.plan.Dialect;
import io.varuna.plan.Expression;
import io.varuna.plan.PlanNode;
import io.varuna.plan.RulePlan;
import io.varuna.plan.Scan;
import io.varuna.plan.StreamDefinition;
import io.varuna.plugin.hanging.Hang;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A plugin that does not come back hurts the rules that use it, and no others. */
class PluginHangTest {
    private static final Map<String, ?> IMPATIENT = Map.of("pluginTimeout", "200ms");

    private final CountDownLatch release = new CountDownLatch(1);
    private final Records records = new Records();
    private final TestSink sink = new TestSink(true);
    private final TestSink others = new TestSink(true);
    private final FunctionTable functions = new FunctionTable();
    private final TestPlugins plugins =
            new TestPlugins().source("test", new Log()).sink("test", sink).sink("others", others);
    private final Engine engine = Engine.builder()
            .plugins(plugins)
            .functions(functions)
            .time(new RealTime())
            .build();
    private final Scan scan = Plans.scan("v");
    private volatile String end = "";

    PluginHangTest() {
        functions.register(new Hanging(), "hanging", "1.0.0");
    }

    @AfterEach
    void close() {
        release.countDown();
        engine.close();
    }

    private final class Hanging implements FunctionLibrary {
        @Override
        public List<FunctionDefinition> functions() {
            return List.of(
                    FunctionDefinition.scalar("hang", () -> this::hang)
                            .parameter("x", DataType.BIGINT)
                            .build(),
                    FunctionDefinition.scalar("wait_for", () -> this::await)
                            .parameter("x", DataType.BIGINT)
                            .build());
        }

        private Object hang(Args args) {
            if (Long.valueOf(0).equals(args.get(0))) {
                Hang.until(release);
            }
            return 1L;
        }

        private Object await(Args args) throws InterruptedException {
            if (Long.valueOf(0).equals(args.get(0))) {
                release.await();
            }
            return 1L;
        }
    }

    /** What there is to be read, by number. */
    private static final class Records {
        private final List<Long> values = new ArrayList<>();
        private int read;

        synchronized void add(long value) {
            values.add(value);
            notifyAll();
        }

        synchronized long get(int number) throws InterruptedException {
            while (values.size() <= number) {
                wait();
            }
            read = Math.max(read, number + 1);
            return values.get(number);
        }

        synchronized boolean areRead() {
            return read == values.size();
        }
    }

    /** Reads on where the one before was: what that had taken and not handed on comes again. */
    private final class Log implements SourceFactory<TestPlugins.None> {
        @Override
        public Source open(TestPlugins.None config, SourceContext context) {
            int first = context.restored().stream()
                    .mapToInt(position -> Integer.parseInt(position.offset()))
                    .max()
                    .orElse(0);
            return (ReadingSource) out -> {
                for (int i = first; !Thread.currentThread().isInterrupted(); i++) {
                    out.emit(Map.of("v", records.get(i)), Map.of(), new Position("p", String.valueOf(i + 1)));
                    out.flush();
                }
            };
        }
    }

    private final class End implements RuleListener {
        @Override
        public void ended(String message) {
            end = message;
        }

        @Override
        public void failed(Exception cause) {
            end = String.valueOf(cause.getMessage());
        }
    }

    private RunningRule start(String id, Expression value, String action) {
        return engine.start(
                new RuleSpec(
                        id,
                        Plans.plan(Plans.project(scan, Map.of("v", value))),
                        List.of(Plans.stream("demo", "SHARED", "TRUE")),
                        List.of(new ActionSpec(action, 0, Map.of())),
                        RuleOptions.of(IMPATIENT)),
                new End());
    }

    /** Waits until nothing of a rule runs any more but what a plugin keeps. */
    private static void stop(RunningRule rule) throws Exception {
        CompletableFuture.runAsync(() -> rule.stop(Duration.ofMillis(100))).get(1, TimeUnit.MINUTES);
    }

    private Expression call(String function) {
        return new Expression.FunctionCall(function, List.of(Plans.column(scan, "v")), DataType.BIGINT);
    }

    private static ConditionFactory patiently() {
        return Awaitility.await().atMost(Duration.ofMinutes(2));
    }

    /** The rule that is there does not come back from a 0, and another one reads on. */
    private void assertStepsThatHangSuspendTheirRule() {
        start("reads", Plans.column(scan, "v"), "others");
        records.add(7L);
        patiently().until(() -> sink.rows.size() == 1 && others.rows.size() == 1);

        records.add(0L);
        patiently().until(() -> !end.isEmpty());
        records.add(8L);

        assertThat(end)
                .startsWith("The rule is suspended: a function or lookup table has not come back for ")
                .contains("; it is in io.varuna.plugin.hanging.Hang.until, line ")
                .endsWith(" and start the rule again");
        patiently()
                .untilAsserted(() ->
                        assertThat(others.rows).extracting(row -> row.get("v")).containsExactly(7L, 0L, 8L));
        assertThat(sink.rows).hasSize(1);
    }

    @Test
    void functionThatHangsSuspendsItsRuleAndTheOthersReadOn() {
        start("hangs", call("hang"), "test");
        assertStepsThatHangSuspendTheirRule();
    }

    @Test
    void twoRulesThatHangOneAfterTheOtherCostTheThirdNothing() {
        start("hangs", call("hang"), "test");
        start("hangs-too", call("hang"), "test");
        start("reads", Plans.column(scan, "v"), "others");
        records.add(7L);
        patiently().until(() -> sink.rows.size() == 2 && others.rows.size() == 1);

        records.add(0L);
        records.add(8L);

        patiently()
                .untilAsserted(() ->
                        assertThat(others.rows).extracting(row -> row.get("v")).containsExactly(7L, 0L, 8L));
        assertThat(sink.rows).hasSize(2);
    }

    @Test
    void functionThatWaitsIsInterrupted() {
        start("waits", call("wait_for"), "test");
        start("reads", Plans.column(scan, "v"), "others");
        records.add(0L);
        patiently().until(() -> !end.isEmpty());
        records.add(8L);

        assertThat(end).startsWith("The rule is suspended: ");
        patiently()
                .untilAsserted(() ->
                        assertThat(others.rows).extracting(row -> row.get("v")).containsExactly(0L, 8L));
        assertThat(release.getCount()).as("whether anybody has released it").isOne();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void sinkThatHangsSuspendsItsRule(boolean listens) throws Exception {
        sink.behave(batch -> {
            if (listens) {
                release.await();
            }
            Hang.until(release);
        });
        RunningRule rule = start("writes", Plans.column(scan, "v"), "test");
        start("reads", Plans.column(scan, "v"), "others");
        records.add(1L);
        patiently().until(() -> !end.isEmpty());
        records.add(2L);

        assertThat(end).startsWith("The rule is suspended: 'sink_test_0_0' has not come back for ");
        patiently()
                .untilAsserted(() ->
                        assertThat(others.rows).extracting(row -> row.get("v")).containsExactly(1L, 2L));
        stop(rule);
        assertThat(sink.closed).hasValue(listens ? 1 : 0);
        release.countDown();
        patiently().untilAsserted(() -> assertThat(sink.closed).hasValue(1));
    }

    /** A table that does not answer for one key. */
    private record Table(CountDownLatch release, AtomicInteger closed) implements LookupFactory<TestPlugins.None> {
        @Override
        public Class<TestPlugins.None> configType() {
            return TestPlugins.None.class;
        }

        @Override
        public LookupSource open(
                TestPlugins.None config, List<String> columns, List<String> keyColumns, SourceContext context) {
            return new LookupSource() {
                @Override
                public List<Map<String, @Nullable Object>> lookup(List<Object> key) {
                    if (Long.valueOf(0).equals(key.get(0))) {
                        Hang.until(release);
                    }
                    return List.of(Map.of("name", "n" + key.get(0)));
                }

                @Override
                public void close() {
                    closed.incrementAndGet();
                }
            };
        }
    }

    /** Starts a rule that asks a table. */
    private RunningRule startLookup(Map<String, ?> options) {
        PlanNode join = Plans.lookup(scan, "table", "v", false);
        List<StreamDefinition> streams = List.of(Plans.stream("demo", "SHARED", "TRUE"), Plans.table("table", "{}"));
        return engine.start(
                new RuleSpec(
                        "asks",
                        new RulePlan(Dialect.RULE, Plans.plan(join).root(), List.of("demo", "table"), List.of()),
                        streams,
                        List.of(new ActionSpec("test", 0, Map.of())),
                        RuleOptions.of(options)),
                new End());
    }

    @Test
    void tableThatHangsSuspendsItsRuleAndTheOthersReadOn() throws Exception {
        AtomicInteger closed = new AtomicInteger();
        plugins.lookup("table", new Table(release, closed));
        RunningRule rule = startLookup(IMPATIENT);
        assertStepsThatHangSuspendTheirRule();
        stop(rule);
        assertThat(closed).hasValue(0);
        release.countDown();
        patiently().untilAsserted(() -> assertThat(closed).hasValue(1));
    }

    @Test
    void tableThatHangsKeepsNeitherAnExchangeNorTheEnd() throws Exception {
        AtomicInteger closed = new AtomicInteger();
        plugins.lookup("table", new Table(release, closed));
        RunningRule rule = startLookup(Map.of());
        records.add(7L);
        patiently().until(() -> sink.rows.size() == 1);
        records.add(0L);
        patiently().until(records::areRead);
        AtomicInteger closedNext = new AtomicInteger();
        TestPlugins next = new TestPlugins("2.0.0")
                .source("test", new Log())
                .sink("test", sink)
                .lookup("table", new Table(release, closedNext));

        SwapReport report =
                rule.swap(new PluginView(next, Map.of()), Duration.ZERO).get(1, TimeUnit.MINUTES);
        assertThat(report.moved()).isFalse();
        assertThat(report.message()).isEqualTo("table 'table': the version that is there has been at a batch for 10 s");
        assertThat(closedNext).hasValue(1);

        assertThat(rule.uses()).extracting(PluginUse::version).containsOnly("1.0.0");
        stop(rule);
        assertThat(closed).hasValue(0);
    }

    /** A source that does not come back from being opened, or from its first poll. */
    private SourceFactory<TestPlugins.None> hangingSource(boolean opens) {
        return new SourceFactory<>() {
            @Override
            public Class<TestPlugins.None> configType() {
                return TestPlugins.None.class;
            }

            @Override
            public Source open(TestPlugins.None config, SourceContext context) {
                if (!opens) {
                    Hang.until(release);
                }
                return new PollingSource() {
                    @Override
                    public Duration interval() {
                        return Duration.ZERO;
                    }

                    @Override
                    public boolean poll(Instant trigger, SourceOutput out) {
                        Hang.until(release);
                        return true;
                    }
                };
            }
        };
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void sourceThatHangsSuspendsItsRules(boolean opens) {
        plugins.source("hanging", hangingSource(opens));
        start("reads", Plans.column(scan, "v"), "others");
        engine.start(
                new RuleSpec(
                        "hangs",
                        Plans.plan(Plans.project(scan, Map.of("v", Plans.column(scan, "v")))),
                        List.of(Plans.stream("demo", "TYPE", "hanging")),
                        List.of(new ActionSpec("test", 0, Map.of())),
                        RuleOptions.of(IMPATIENT)),
                new End());

        patiently().until(() -> !end.isEmpty());
        records.add(7L);

        assertThat(end)
                .startsWith("The rule is suspended: the source of stream 'demo' has not come back for ")
                .contains("; it is in io.varuna.plugin.hanging.Hang.until, line ");
        patiently()
                .untilAsserted(() ->
                        assertThat(others.rows).extracting(row -> row.get("v")).containsExactly(7L));
    }
}
