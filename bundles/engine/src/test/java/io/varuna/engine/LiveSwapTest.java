package io.varuna.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.varuna.api.data.Row;
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
import io.varuna.plan.AggregateCall;
import io.varuna.plan.PlanNode;
import io.varuna.plan.Scan;
import io.varuna.plan.WindowAggregate;
import io.varuna.plan.WindowSpec.Kind;
import io.varuna.plugin.hanging.Hang;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Swaps under full load: nothing is lost, nothing comes twice, and nothing piles up. */
class LiveSwapTest implements RuleListener {
    private static final int SWAPS = 100;

    private final Queue<Long> written = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean enough = new AtomicBoolean();
    private final AtomicReference<String> end = new AtomicReference<>("");
    private final FunctionTable functions = new FunctionTable();
    private final Engine engine = Engine.builder()
            .plugins(version(0))
            .functions(functions)
            .time(new RealTime())
            .build();

    @AfterEach
    void close() {
        engine.close();
    }

    @Override
    public void ended(String message) {
        end.set(message);
    }

    @Override
    public void failed(Exception cause) {
        end.set("failed: " + cause);
    }

    private TestPlugins version(int number) {
        return new TestPlugins("1." + number).source("test", new Counting()).sink("test", new Writing());
    }

    /** Counts from where it stopped until there is enough. */
    private final class Counting implements SourceFactory<TestPlugins.None> {
        @Override
        public Source open(TestPlugins.None config, SourceContext context) {
            long from = context.restored().isEmpty()
                    ? 0
                    : Long.parseLong(context.restored().get(0).offset());
            return (ReadingSource) out -> {
                for (long n = from + 1; !enough.get(); n++) {
                    out.emit(Map.of("n", n), Map.of(), new Position("p", Long.toString(n)));
                }
            };
        }
    }

    /** Writes into the one queue of the test. */
    private final class Writing implements SinkFactory<TestPlugins.None> {
        @Override
        public Sink open(TestPlugins.None config, SinkContext context) {
            return batch -> {
                for (Row row : batch) {
                    if (row.get(0) instanceof Long number) {
                        written.add(number);
                    }
                }
            };
        }
    }

    private RunningRule start(PlanNode plan) {
        return engine.start(
                new RuleSpec(
                        "r1",
                        Plans.plan(plan),
                        List.of(Plans.stream("demo")),
                        List.of(new ActionSpec("test", 0, Map.of())),
                        RuleOptions.of(Map.of("bufferLength", 512))),
                this);
    }

    private void swapOften(RunningRule rule, Duration health) throws Exception {
        rule.ready().get(1, TimeUnit.MINUTES);
        for (int i = 1; i <= SWAPS; i++) {
            PluginView view = new PluginView(version(i), Map.of("functions", i % 2 == 0 ? "1.0" : "1.1"));
            SwapReport report = rule.swap(view, health).get(1, TimeUnit.MINUTES);
            assertThat(report.moved()).as(report.message()).isTrue();
        }
        enough.set(true);
        Awaitility.await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> assertThat(end)
                .hasValue("done"));
    }

    @Test
    void sourcesAndSinksAreExchangedWithoutLosingOrDoublingARow() throws Exception {
        int before = Thread.activeCount();
        swapOften(start(Plans.scan("n")), Duration.ZERO);

        long expected = 0;
        for (long number : written) {
            assertThat(number).isEqualTo(++expected);
        }
        assertThat(expected).isGreaterThan(SWAPS);
        assertThat(Thread.activeCount() - before).isLessThan(30);
    }

    @Test
    void sourceThatHangsWhenItIsOpenedDoesNotTakeThePlaceOfTheOther() throws Exception {
        RunningRule rule = start(Plans.scan("n"));
        rule.ready().get(1, TimeUnit.MINUTES);
        CountDownLatch release = new CountDownLatch(1);
        SourceFactory<TestPlugins.None> hanging = new SourceFactory<>() {
            @Override
            public Class<TestPlugins.None> configType() {
                return TestPlugins.None.class;
            }

            @Override
            public Source open(TestPlugins.None config, SourceContext context) {
                Hang.until(release);
                return new Counting().open(config, context);
            }
        };

        SwapReport report = rule.swap(
                        new PluginView(
                                new TestPlugins("2.0").source("test", hanging).sink("test", new Writing()), Map.of()),
                        Duration.ZERO)
                .get(1, TimeUnit.MINUTES);
        int before = written.size();
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> written.size() > before + 1_000);
        release.countDown();

        assertThat(report.moved()).isFalse();
        assertThat(report.message()).startsWith("source of stream 'demo': it did not open within 10 s");
        enough.set(true);
        Awaitility.await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> assertThat(end)
                .hasValue("done"));
        long expected = 0;
        for (long number : written) {
            assertThat(number).isEqualTo(++expected);
        }
    }

    @Test
    void windowsCountOnWhileFunctionsAreExchanged() throws Exception {
        functions.register(new TestFunctions(), "functions", "1.0");
        functions.register(new TestFunctions(), "functions", "1.1");
        Scan scan = Plans.scan("n");
        AggregateCall sum = WindowPlans.call("sum", Plans.column(scan, "n"), "s");
        swapOften(
                start(new WindowAggregate(
                        scan, WindowPlans.spec(Kind.COUNT, 1_000, 1_000), List.of(), List.of(), List.of(sum))),
                Duration.ofMillis(5));

        long first = 1;
        for (long total : written) {
            assertThat(total).isEqualTo((first + first + 999) * 500);
            first += 1_000;
        }
        assertThat(first).isGreaterThan(1);
    }
}
