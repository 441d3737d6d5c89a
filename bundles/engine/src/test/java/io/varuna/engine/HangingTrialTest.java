package io.varuna.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.varuna.api.codec.CodecFactory;
import io.varuna.api.codec.Decoder;
import io.varuna.api.codec.Encoder;
import io.varuna.api.data.DataType;
import io.varuna.api.data.Row;
import io.varuna.api.data.Schema;
import io.varuna.api.function.Args;
import io.varuna.api.function.FunctionDefinition;
import io.varuna.api.function.FunctionLibrary;
import io.varuna.api.lookup.LookupFactory;
import io.varuna.api.lookup.LookupSource;
import io.varuna.api.sink.Sink;
import io.varuna.api.sink.SinkContext;
import io.varuna.api.sink.SinkFactory;
import io.varuna.api.source.Position;
import io.varuna.api.source.ReadingSource;
import io.varuna.api.source.Source;
import io.varuna.api.source.SourceContext;
import io.varuna.api.source.SourceFactory;
import io.varuna.engine.function.FunctionTable;
import io.varuna.engine.plugin.PluginView;
import io.varuna.engine.rule.ActionSpec;
import io.varuna.engine.rule.RuleOptions;
import io.varuna.engine.rule.RuleSpec;
import io.varuna.engine.time.RealTime;
import io.varuna.plan.Expression;
import io.varuna.plan.PlanNode;
import io.varuna.plan.RulePlan;
import io.varuna.plan.Scan;
import io.varuna.plugin.hanging.Hang;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * New versions that open, and do not come back from their first batch: the old ones go on, nothing is lost, and the answer says
 * where the plugin is.
 */
class HangingTrialTest implements RuleListener {
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final Duration HEALTH = Duration.ofSeconds(1);

    private final CountDownLatch release = new CountDownLatch(1);
    private final NavigableSet<Long> written = new ConcurrentSkipListSet<>();
    /** How many rows were written, which is more if some were written again. */
    private final AtomicLong writes = new AtomicLong();

    private final LinkedBlockingQueue<Exception> ends = new LinkedBlockingQueue<>();
    private final FunctionTable functions = new FunctionTable();
    private final Engine engine = Engine.builder()
            .plugins(version(1, "", () -> {}))
            .functions(functions)
            .time(new RealTime())
            .build();

    @AfterEach
    void close() {
        release.countDown();
        engine.close();
    }

    @Override
    public void ended(String message) {
        ends.add(new IllegalStateException(message));
    }

    @Override
    public void failed(Exception cause) {
        ends.add(new IllegalStateException("failed", cause));
    }

    @Override
    public void givenUp(Exception cause) {
        ends.add(cause);
    }

    /** Returns plugins, of which one does something with every batch. */
    private TestPlugins version(int number, String part, Runnable action) {
        Runnable nothing = () -> {};
        return new TestPlugins(number + ".0")
                .source("test", new Numbers())
                .lookup("names", new Names(part.equals("table") ? action : nothing))
                .sink("test", new Writing(part.equals("sink") ? action : nothing))
                .codec(new Format(
                        part.equals("decoder") ? action : nothing, part.equals("encoder") ? action : nothing));
    }

    /** Goes on from where it was. */
    private record Numbers() implements SourceFactory<TestPlugins.None> {
        @Override
        public Class<TestPlugins.None> configType() {
            return TestPlugins.None.class;
        }

        @Override
        public Source open(TestPlugins.None config, SourceContext context) {
            long from = context.restored().isEmpty()
                    ? 0
                    : Long.parseLong(context.restored().get(0).offset());
            return (ReadingSource) out -> {
                for (long n = from + 1; !Thread.currentThread().isInterrupted(); n++) {
                    ByteBuffer payload = ByteBuffer.wrap(("{\"n\":" + n + "}").getBytes(StandardCharsets.UTF_8));
                    out.emit(payload, Map.of(), new Position("p", Long.toString(n)));
                    out.flush();
                    LockSupport.parkNanos(1_000_000);
                }
            };
        }
    }

    /** A table that has a row for every number. */
    private record Names(Runnable action) implements LookupFactory<TestPlugins.None> {
        @Override
        public Class<TestPlugins.None> configType() {
            return TestPlugins.None.class;
        }

        @Override
        public LookupSource open(
                TestPlugins.None config, List<String> columns, List<String> keyColumns, SourceContext context) {
            return key -> {
                action.run();
                return List.of(Map.of("name", "of " + key.get(0)));
            };
        }
    }

    private final class Writing implements SinkFactory<TestPlugins.None> {
        private final Runnable action;

        Writing(Runnable action) {
            this.action = action;
        }

        @Override
        public Class<TestPlugins.None> configType() {
            return TestPlugins.None.class;
        }

        @Override
        public Sink open(TestPlugins.None config, SinkContext context) {
            return batch -> {
                action.run();
                batch.messages();
                for (Row row : batch) {
                    if (row.get(0) instanceof Long number) {
                        written.add(number);
                        writes.incrementAndGet();
                    }
                }
            };
        }
    }

    private record Format(Runnable decoding, Runnable encoding) implements CodecFactory<TestPlugins.None> {
        private static final TestPlugins.JsonCodec JSON = new TestPlugins.JsonCodec();

        @Override
        public Class<TestPlugins.None> configType() {
            return TestPlugins.None.class;
        }

        @Override
        public Decoder decoder(TestPlugins.None config, Schema schema) {
            Decoder json = JSON.decoder(config, schema);
            return (payload, out) -> {
                decoding.run();
                json.decode(payload, out);
            };
        }

        @Override
        public Encoder encoder(TestPlugins.None config) {
            Encoder json = JSON.encoder(config);
            return new Encoder() {
                @Override
                public void encode(Row row, OutputStream out) throws Exception {
                    encoding.run();
                    json.encode(row, out);
                }

                @Override
                public void encode(List<Row> rows, OutputStream out) throws Exception {
                    encoding.run();
                    json.encode(rows, out);
                }
            };
        }
    }

    private record Same(Runnable action) implements FunctionLibrary {
        @Override
        public List<FunctionDefinition> functions() {
            return List.of(FunctionDefinition.scalar("same", () -> this::same)
                    .parameter("x", DataType.BIGINT)
                    .build());
        }

        private @Nullable Object same(Args args) {
            action.run();
            return args.get(0);
        }
    }

    /** Starts the rule; what its steps call has a second for a batch, and a sink as long as when it is opened. */
    private RunningRule start() {
        return start("1s");
    }

    private RunningRule start(String pluginTimeout) {
        Scan scan = Plans.scan("n");
        PlanNode named = Plans.lookup(scan, "names", "n", false);
        PlanNode plan = Plans.project(
                named,
                Map.of("n", new Expression.FunctionCall("same", List.of(Plans.column(named, "n")), DataType.BIGINT)));
        RulePlan whole = Plans.plan(plan);
        return engine.start(
                new RuleSpec(
                        "r1",
                        new RulePlan(whole.dialect(), whole.root(), List.of("demo", "names"), whole.functions()),
                        List.of(Plans.stream("demo"), Plans.table("names", "{}")),
                        List.of(new ActionSpec("test", 0, Map.of())),
                        RuleOptions.of(Map.of("pluginTimeout", pluginTimeout))),
                new PluginView(version(1, "", () -> {}), Map.of("functions", "1.0")),
                this);
    }

    private void awaitMore() {
        long before = written.isEmpty() ? 0 : written.last();
        Awaitility.await().atMost(LIMIT).until(() -> !written.isEmpty() && written.last() > before + 100);
    }

    private void assertNothingIsLost() {
        // what comes meanwhile does not count
        List<Long> seen = List.copyOf(written);
        assertThat(seen).hasSize((int) (seen.get(seen.size() - 1) - seen.get(0) + 1));
    }

    @ParameterizedTest
    @CsvSource({"sink, 10, sink 'test_0'", "encoder, 10, sink 'test_0'", "decoder, 1, source of stream 'demo'"})
    void formerPartGoesOnWhenItsSuccessorKeepsTheFirstBatch(String part, int seconds, String name) throws Exception {
        functions.register(new Same(() -> {}), "functions", "1.0");
        RunningRule rule = start();
        awaitMore();

        SwapReport report = rule.swap(
                        new PluginView(version(2, part, () -> Hang.until(release)), Map.of("functions", "1.0")), HEALTH)
                .get(1, TimeUnit.MINUTES);

        assertThat(report.moved()).isFalse();
        assertThat(report.message())
                .startsWith(name + ": it did not come back from a batch within " + seconds + " s; it is in "
                        + "io.varuna.plugin.hanging.Hang.until, line ");
        awaitMore();
        assertNothingIsLost();
        release.countDown();
        awaitMore();
        SwapReport next = rule.swap(new PluginView(version(3, "", () -> {}), Map.of("functions", "1.0")), HEALTH)
                .get(1, TimeUnit.MINUTES);
        assertThat(next.moved()).as(next.message()).isTrue();
        awaitMore();
        assertNothingIsLost();
        assertThat(ends).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"function, functions", "decoder, source of stream 'demo'"})
    void batchIsDoneByTheFormerPartWhenItsSuccessorListensToBeingInterrupted(String part, String name)
            throws Exception {
        Runnable sleeping = () -> Hang.await(release);
        functions.register(new Same(() -> {}), "functions", "1.0");
        RunningRule rule = start();
        awaitMore();
        functions.register(new Same(part.equals("function") ? sleeping : () -> {}), "functions", "2.0");

        SwapReport report = rule.swap(new PluginView(version(2, part, sleeping), Map.of("functions", "2.0")), HEALTH)
                .get(1, TimeUnit.MINUTES);

        assertThat(report.moved()).isFalse();
        assertThat(report.message())
                .startsWith(name + ": it did not come back from a batch within 1 s; it is in "
                        + "io.varuna.plugin.hanging.Hang.await, line ");
        awaitMore();
        assertNothingIsLost();
        assertThat(ends).isEmpty();
    }

    /** Begins to do something when the first batches are over, which a sink writes on a thread that can be given up. */
    private static Runnable afterTheFirst(Runnable action) {
        AtomicInteger batches = new AtomicInteger();
        return () -> {
            if (batches.incrementAndGet() > 4) {
                action.run();
            }
        };
    }

    /** Has a sink on trial do something with a later batch; returns why it is refused. */
    private String tryLaterBatches(Runnable action) throws Exception {
        functions.register(new Same(() -> {}), "functions", "1.0");
        RunningRule rule = start("500ms");
        awaitMore();
        TestPlugins next = version(2, "sink", afterTheFirst(action));
        SwapReport report = rule.swap(new PluginView(next, Map.of("functions", "1.0")), HEALTH)
                .get(1, TimeUnit.MINUTES);
        assertThat(report.moved()).isFalse();
        return report.message();
    }

    @Test
    void formerSinkGetsALaterBatchWhenItsSuccessorListensToBeingInterrupted() throws Exception {
        assertThat(tryLaterBatches(() -> Hang.await(release)))
                .startsWith("sink 'test_0': it did not come back from a batch within 5 s; it is in "
                        + "io.varuna.plugin.hanging.Hang.await, line ");
        awaitMore();
        assertNothingIsLost();
        assertThat(ends).isEmpty();
    }

    @Test
    void ruleIsGivenUpWhenASinkOnTrialKeepsALaterBatch() throws Exception {
        assertThat(tryLaterBatches(() -> Hang.until(release)))
                .startsWith("sink 'test_0': it did not come back from a batch within 5 s; it is in "
                        + "io.varuna.plugin.hanging.Hang.until, line ")
                .endsWith(". The rule begins anew with what it had");
        assertThat(ends.poll(1, TimeUnit.MINUTES)).hasMessageStartingWith("sink 'test_0': it did not come back");
        written.clear();
        start();
        awaitMore();
    }

    @ParameterizedTest
    @CsvSource({"function, functions", "table, table 'names'"})
    void ruleThatIsGivenUpGoesOnBeforeTheBatchThatIsKept(String part, String name) throws Exception {
        Runnable hang = () -> Hang.until(release);
        functions.register(new Same(() -> {}), "functions", "1.0");
        RunningRule rule = start();
        awaitMore();
        functions.register(new Same(hang), "functions", "2.0");
        String other = part.equals("function") ? "2.0" : "1.0";

        SwapReport report = rule.swap(new PluginView(version(2, part, hang), Map.of("functions", other)), HEALTH)
                .get(1, TimeUnit.MINUTES);

        assertThat(report.moved()).isFalse();
        assertThat(report.message())
                .startsWith(name + ": it did not come back from a batch within 1 s; it is in "
                        + "io.varuna.plugin.hanging.Hang.until, line ")
                .endsWith(". The rule begins anew with what it had");
        assertThat(ends.poll(1, TimeUnit.MINUTES)).hasMessageStartingWith(name + ": it did not come back");
        start();
        awaitMore();
        assertNothingIsLost();
        assertThat(writes.get()).as("rows that were written").isLessThanOrEqualTo(written.last());
    }
}
