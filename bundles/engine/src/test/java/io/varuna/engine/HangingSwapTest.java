package io.varuna.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.varuna.api.codec.CodecFactory;
import io.varuna.api.codec.Decoder;
import io.varuna.api.codec.Encoder;
import io.varuna.api.connection.ConnectionFactory;
import io.varuna.api.data.DataType;
import io.varuna.api.data.Schema;
import io.varuna.api.function.AggregateFunction;
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
import io.varuna.api.state.State;
import io.varuna.api.state.StateReader;
import io.varuna.api.state.StateWriter;
import io.varuna.engine.function.FunctionTable;
import io.varuna.engine.plugin.PluginView;
import io.varuna.engine.rule.ActionSpec;
import io.varuna.engine.rule.RuleOptions;
import io.varuna.engine.rule.RuleSpec;
import io.varuna.engine.time.RealTime;
import io.varuna.plan.Dialect;
import io.varuna.plan.PlanNode;
import io.varuna.plan.RulePlan;
import io.varuna.plan.Scan;
import io.varuna.plan.StreamDefinition;
import io.varuna.plan.WindowAggregate;
import io.varuna.plan.WindowSpec.Kind;
import io.varuna.plugin.hanging.Hang;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** New versions of each kind that do not come back when they are opened: the old ones go on, and can be exchanged later. */
class HangingSwapTest implements UnendingRule {
    private static final List<String> KINDS = List.of("source", "sink", "connection", "codec", "lookup", "function");

    private final CountDownLatch release = new CountDownLatch(1);
    private final Map<String, AtomicLong> written = new ConcurrentHashMap<>();
    private final FunctionTable functions = new FunctionTable();
    private final Engine engine = Engine.builder()
            .plugins(version(1, ""))
            .functions(functions)
            .time(new RealTime())
            .build();

    HangingSwapTest() {
        functions.register(new Tallies(false), "functions", "1.0");
        functions.register(new Tallies(true), "functions", "2.0");
        functions.register(new Tallies(false), "functions", "3.0");
    }

    @AfterEach
    void close() {
        release.countDown();
        engine.close();
    }

    /** Returns new plugins, of which one does not come back. */
    private TestPlugins version(int number, String hanging) {
        Runnable nothing = () -> {};
        Runnable hang = () -> Hang.until(release);
        TestPlugins plugins = new TestPlugins(number + ".0")
                .source("test", new Numbers(hanging.equals("source") ? hang : nothing))
                .sink("test", new Counting(hanging.equals("sink") ? hang : nothing))
                .sink("piped", new Piped())
                .connection("piped", new Pipes(hanging.equals("connection") ? hang : nothing))
                .lookup("table", new Table(hanging.equals("lookup") ? hang : nothing));
        return hanging.equals("codec") ? plugins.codec(new Encoding(hang)) : plugins;
    }

    private record Numbers(Runnable opening) implements SourceFactory<TestPlugins.None> {
        @Override
        public Class<TestPlugins.None> configType() {
            return TestPlugins.None.class;
        }

        @Override
        public Source open(TestPlugins.None config, SourceContext context) {
            opening.run();
            return (ReadingSource) out -> {
                for (long n = 0; !Thread.currentThread().isInterrupted(); n++) {
                    out.emit(Map.of("n", n), Map.of(), new Position("p", Long.toString(n)));
                    out.flush();
                    LockSupport.parkNanos(100_000);
                }
            };
        }
    }

    private Sink counting(SinkContext context) {
        AtomicLong rows = written.computeIfAbsent(context.ruleId(), id -> new AtomicLong());
        return batch -> batch.forEach(row -> rows.incrementAndGet());
    }

    private final class Counting implements SinkFactory<TestPlugins.None> {
        private final Runnable opening;

        Counting(Runnable opening) {
            this.opening = opening;
        }

        @Override
        public Sink open(TestPlugins.None config, SinkContext context) {
            opening.run();
            return counting(context);
        }
    }

    private final class Piped implements SinkFactory<TestPlugins.None> {
        @Override
        public Sink open(TestPlugins.None config, SinkContext context) throws Exception {
            context.connection(Pipe.class);
            return counting(context);
        }
    }

    private record Pipe() implements AutoCloseable {
        @Override
        public void close() {
            // holds nothing
        }
    }

    private record Pipes(Runnable opening) implements ConnectionFactory<TestPlugins.None, Pipe> {
        @Override
        public Class<TestPlugins.None> configType() {
            return TestPlugins.None.class;
        }

        @Override
        public Pipe open(TestPlugins.None config) {
            opening.run();
            return new Pipe();
        }
    }

    private record Table(Runnable opening) implements LookupFactory<TestPlugins.None> {
        @Override
        public Class<TestPlugins.None> configType() {
            return TestPlugins.None.class;
        }

        @Override
        public LookupSource open(
                TestPlugins.None config, List<String> columns, List<String> keyColumns, SourceContext context) {
            opening.run();
            return key -> List.of(Map.of("name", "n" + key.get(0)));
        }
    }

    private static final class Encoding implements CodecFactory<TestPlugins.None> {
        private final TestPlugins.JsonCodec json = new TestPlugins.JsonCodec();
        private final Runnable opening;

        Encoding(Runnable opening) {
            this.opening = opening;
        }

        @Override
        public Decoder decoder(TestPlugins.None config, Schema schema) {
            return json.decoder(config, schema);
        }

        @Override
        public Encoder encoder(TestPlugins.None config) {
            opening.run();
            return json.encoder(config);
        }
    }

    /** Counts rows; a hanging version does not come back from taking over how many there were. */
    private final class Tallies implements FunctionLibrary {
        private final boolean hangs;

        Tallies(boolean hangs) {
            this.hangs = hangs;
        }

        @Override
        public List<FunctionDefinition> functions() {
            return List.of(FunctionDefinition.aggregate("tally", Tally::new)
                    .parameter("x", DataType.BIGINT)
                    .build());
        }

        private final class Count implements State {
            private long rows;

            @Override
            public void save(StateWriter out) {
                out.putLong(rows);
            }

            @Override
            public void load(StateReader in) {
                rows = in.getLong();
                if (hangs) {
                    Hang.until(release);
                }
            }
        }

        private final class Tally implements AggregateFunction<Count> {
            @Override
            public Count create() {
                return new Count();
            }

            @Override
            public void add(Count count, Args args) {
                count.rows++;
            }

            @Override
            public void merge(Count count, Count other) {
                count.rows += other.rows;
            }

            @Override
            public Object result(Count count) {
                if (count.rows != 1_000) {
                    throw new IllegalStateException("there were " + count.rows);
                }
                return count.rows;
            }
        }
    }

    private RunningRule start(String id) {
        Scan scan = Plans.scan("n");
        PlanNode plan =
                switch (id) {
                    case "lookup" -> Plans.lookup(scan, "table", "n", false);
                    case "function" -> new WindowAggregate(
                            scan,
                            WindowPlans.spec(Kind.COUNT, 1_000, 1_000),
                            List.of(),
                            List.of(),
                            List.of(WindowPlans.call("tally", Plans.column(scan, "n"), "t")));
                    default -> scan;
                };
        List<StreamDefinition> streams = new ArrayList<>(List.of(Plans.stream("demo")));
        if (id.equals("lookup")) {
            streams.add(Plans.table("table", "{}"));
        }
        String action = id.equals("connection") ? "piped" : "test";
        return engine.start(
                new RuleSpec(
                        id,
                        new RulePlan(
                                Dialect.RULE,
                                Plans.plan(plan).root(),
                                streams.stream().map(StreamDefinition::name).toList(),
                                List.of()),
                        streams,
                        List.of(new ActionSpec(action, 0, Map.of())),
                        RuleOptions.DEFAULT),
                this);
    }

    private PluginView view(int number, String hanging) {
        return new PluginView(
                version(number, hanging),
                Map.of("functions", hanging.isEmpty() || hanging.equals("function") ? number + ".0" : "1.0"));
    }

    private void awaitMore() {
        Map<String, Long> before = new LinkedHashMap<>();
        KINDS.forEach(kind -> before.put(kind, rows(kind)));
        Awaitility.await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> assertThat(KINDS)
                .allMatch(kind -> rows(kind) > before.getOrDefault(kind, 0L)));
    }

    private long rows(String rule) {
        return written.getOrDefault(rule, new AtomicLong()).get();
    }

    @Test
    void whatHangsTakesNoPlaceAndDoesNotKeepTheNextFromIt() throws Exception {
        Map<String, RunningRule> rules = new LinkedHashMap<>();
        KINDS.forEach(kind -> rules.put(kind, start(kind)));
        awaitMore();
        Map<String, CompletableFuture<SwapReport>> refused = new LinkedHashMap<>();
        rules.forEach((kind, rule) -> refused.put(kind, rule.swap(view(2, kind), Duration.ZERO)));

        for (Map.Entry<String, CompletableFuture<SwapReport>> kind : refused.entrySet()) {
            SwapReport report = kind.getValue().get(1, TimeUnit.MINUTES);
            assertThat(report.moved()).as(kind.getKey()).isFalse();
            assertThat(report.message())
                    .as(kind.getKey())
                    .contains("it did not open within 10 s; it is in io.varuna.plugin.hanging.Hang.until, line ");
        }
        awaitMore();
        for (RunningRule rule : rules.values()) {
            SwapReport report = rule.swap(view(3, ""), Duration.ZERO).get(1, TimeUnit.MINUTES);
            assertThat(report.moved()).as(report.message()).isTrue();
        }
        awaitMore();
    }
}
