package io.varuna.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.varuna.api.source.PollingSource;
import io.varuna.api.source.Position;
import io.varuna.api.source.ReadingSource;
import io.varuna.api.source.Source;
import io.varuna.api.source.SourceContext;
import io.varuna.api.source.SourceFactory;
import io.varuna.api.source.SourceOutput;
import io.varuna.engine.rule.ActionSpec;
import io.varuna.engine.rule.RuleOptions;
import io.varuna.engine.rule.RuleSpec;
import io.varuna.engine.time.RealTime;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Rules on real threads. */
class LiveEngineTest implements RuleListener {
    private final TestSink sink = new TestSink(true);
    private final TestPlugins plugins = new TestPlugins().sink("test", sink);
    private final Engine engine =
            Engine.builder().plugins(plugins).time(new RealTime()).build();
    private final AtomicReference<String> end = new AtomicReference<>("");

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
        end.set("failed: " + cause.getMessage());
    }

    /** The machine may be busy. */
    private static ConditionFactory patiently() {
        return Awaitility.await().atMost(Duration.ofMinutes(2));
    }

    private RunningRule start(Map<String, ?> options, Map<String, Object> properties) {
        return engine.start(
                new RuleSpec(
                        "r1",
                        Plans.plan(Plans.scan("n")),
                        List.of(Plans.stream("demo")),
                        List.of(new ActionSpec("test", 0, new HashMap<>(properties))),
                        RuleOptions.of(options)),
                this);
    }

    /** Reads numbers from where it stopped to a limit. */
    private static final class Numbers implements SourceFactory<TestPlugins.None> {
        private final int limit;
        private final AtomicInteger emitted = new AtomicInteger();

        Numbers(int limit) {
            this.limit = limit;
        }

        @Override
        public Source open(TestPlugins.None config, SourceContext context) {
            int from = context.restored().isEmpty()
                    ? 0
                    : Integer.parseInt(context.restored().get(0).offset());
            return (ReadingSource) out -> {
                for (int n = from + 1; n <= limit; n++) {
                    out.emit(Map.of("n", (long) n), Map.of(), new Position("p", String.valueOf(n)));
                    emitted.incrementAndGet();
                }
            };
        }
    }

    @Test
    void aSourceThatReadsIsReadToItsEnd() {
        plugins.source("test", new Numbers(10_000));

        start(Map.of(), Map.of());

        patiently().untilAsserted(() -> assertThat(end).hasValue("done"));
        assertThat(sink.rows).hasSize(10_000);
        assertThat(sink.rows.get(9_999)).containsEntry("n", 10_000L);
    }

    @Test
    void aBusySinkSlowsDownTheSourceInsteadOfLosingRows() {
        Numbers numbers = new Numbers(20_000);
        CountDownLatch gate = new CountDownLatch(1);
        sink.behave(batch -> gate.await());
        plugins.source("test", numbers);

        RunningRule rule = start(Map.of("bufferLength", 1_000), Map.of());

        patiently().untilAsserted(() -> assertThat(rule.metrics())
                .hasEntrySatisfying("sink_test_0_0_buffer_length", length -> assertThat((Long) length)
                        .isPositive()));
        // one batch being written, the buffer, and a batch that waits for room
        assertThat(numbers.emitted).hasValueLessThan(3_000);
        gate.countDown();

        patiently().untilAsserted(() -> assertThat(end).hasValue("done"));
        assertThat(sink.rows).hasSize(20_000);
    }

    @Test
    void rowsAreDroppedAndCountedWhereTheRuleSaysSo() {
        CountDownLatch gate = new CountDownLatch(1);
        sink.behave(batch -> gate.await());
        plugins.source("test", new Numbers(20_000));

        RunningRule rule = start(Map.of("bufferLength", 1_000, "overflow", "drop"), Map.of());

        patiently().untilAsserted(() -> assertThat(rule.metrics())
                .hasEntrySatisfying("rule_dropped_records_total", dropped -> assertThat((Long) dropped)
                        .isGreaterThan(15_000)));
        gate.countDown();
        patiently().untilAsserted(() -> assertThat(end).hasValue("done"));
        assertThat(rule.metrics()).containsEntry("rule_dropped_records_total", 20_000L - sink.rows.size());
    }

    @Test
    void aSinkThatIsAwayForAWhileLosesNothing() {
        AtomicInteger failures = new AtomicInteger(3);
        sink.behave(batch -> {
            if (failures.getAndDecrement() > 0) {
                throw new IOException("away");
            }
        });
        plugins.source("test", new Numbers(5_000));

        start(Map.of(), Map.of());

        patiently().untilAsserted(() -> assertThat(end).hasValue("done"));
        assertThat(sink.rows).hasSize(5_000);
    }

    @Test
    void aSourceThatIsPolledIsAskedAgainAndAgain() {
        AtomicInteger polls = new AtomicInteger();
        plugins.source("test", (SourceFactoryOfNone) (config, context) -> new PollingSource() {
            @Override
            public Duration interval() {
                return Duration.ofMillis(5);
            }

            @Override
            public boolean poll(Instant trigger, SourceOutput out) throws Exception {
                long n = polls.incrementAndGet();
                if (n == 2) {
                    throw new IOException("this time not");
                }
                out.emit(Map.of("n", n), Map.of(), null);
                return n < 5;
            }
        });

        RunningRule rule = start(Map.of(), Map.of());

        patiently().untilAsserted(() -> assertThat(end).hasValue("done"));
        assertThat(sink.rows).extracting(row -> row.get("n")).containsExactly(1L, 3L, 4L, 5L);
        assertThat(rule.metrics())
                .containsEntry("source_demo_0_exceptions_total", 1L)
                .containsEntry("source_demo_0_last_exception", "this time not");
    }

    /** A factory as a lambda. */
    private interface SourceFactoryOfNone extends SourceFactory<TestPlugins.None> {
        @Override
        default Class<TestPlugins.None> configType() {
            return TestPlugins.None.class;
        }
    }

    @Test
    void aStopInTheMiddleAndANewStartLoseAndDoubleNothing() {
        Numbers numbers = new Numbers(50_000);
        plugins.source("test", numbers);
        RunningRule first = start(Map.of("qos", 1, "bufferLength", 100), Map.of());
        patiently().until(() -> sink.rows.size() > 1_000);

        first.stop();
        start(Map.of("qos", 1), Map.of());

        patiently().untilAsserted(() -> assertThat(end).hasValue("done"));
        assertThat(sink.rows)
                .extracting(row -> row.get("n"))
                .doesNotHaveDuplicates()
                .hasSize(50_000);
    }

    @Test
    void manyRulesNeedNoThreadsOfTheirOwn() {
        TestStream stream = new TestStream();
        plugins.source("test", stream);
        int before = Thread.activeCount();

        for (int i = 0; i < 500; i++) {
            engine.start(
                            new RuleSpec(
                                    "r" + i,
                                    Plans.plan(Plans.scan("n")),
                                    List.of(Plans.stream("demo", "SHARED", "TRUE")),
                                    List.of(new ActionSpec("test", 0, Map.of())),
                                    RuleOptions.DEFAULT),
                            this)
                    .ready()
                    .join();
        }

        assertThat(Thread.activeCount() - before).isLessThan(60);
        assertThat(stream.opened()).isEqualTo(1);
    }
}
