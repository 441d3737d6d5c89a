package io.varuna.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.api.sink.Sink;
import io.varuna.api.sink.SinkContext;
import io.varuna.api.sink.SinkFactory;
import io.varuna.api.source.PollingSource;
import io.varuna.api.source.ReadingSource;
import io.varuna.api.source.Source;
import io.varuna.api.source.SourceContext;
import io.varuna.api.source.SourceFactory;
import io.varuna.api.source.SourceOutput;
import io.varuna.engine.rule.ActionSpec;
import io.varuna.engine.rule.RuleOptions;
import io.varuna.engine.rule.RuleSpec;
import io.varuna.engine.time.RealTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Only the engine's own wish ends a source: neither the end of another rule nor a plugin that says it was interrupted. */
class InterruptionTest implements UnendingRule {
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final TestSink sink = new TestSink(true);
    private final AtomicInteger opened = new AtomicInteger();
    private final CountDownLatch release = new CountDownLatch(1);
    private final CompletableFuture<String> failure = new CompletableFuture<>();
    private final TestPlugins plugins = new TestPlugins()
            .source("test", new Counting())
            .source("interrupted", new Interrupted())
            .source("polled", new Polled())
            .sink("test", sink)
            .sink("unusable", new Unusable());
    private final Engine engine =
            Engine.builder().plugins(plugins).time(new RealTime()).build();

    @AfterEach
    void close() {
        release.countDown();
        engine.close();
    }

    @Override
    public void failed(Exception cause) {
        failure.complete(String.valueOf(cause.getMessage()));
    }

    private static void count(SourceOutput out) throws InterruptedException {
        for (long n = 1; ; n++) {
            out.emit(Map.of("n", n), Map.of(), null);
            out.flush();
        }
    }

    private static final class Counting implements SourceFactory<TestPlugins.None> {
        @Override
        public Source open(TestPlugins.None config, SourceContext context) {
            return (ReadingSource) InterruptionTest::count;
        }
    }

    /** Says at first that it was interrupted. */
    private final class Interrupted implements SourceFactory<TestPlugins.None> {
        @Override
        public Source open(TestPlugins.None config, SourceContext context) {
            return (ReadingSource) out -> {
                if (opened.incrementAndGet() == 1) {
                    throw new InterruptedException("not by the engine");
                }
                count(out);
            };
        }
    }

    private final class Polled implements SourceFactory<TestPlugins.None> {
        @Override
        public Source open(TestPlugins.None config, SourceContext context) {
            return new PollingSource() {
                @Override
                public Duration interval() {
                    return Duration.ofMillis(10);
                }

                @Override
                public boolean poll(Instant trigger, SourceOutput out) throws InterruptedException {
                    if (opened.incrementAndGet() == 1) {
                        throw new InterruptedException("not by the engine");
                    }
                    out.emit(Map.of("n", 1L), Map.of(), null);
                    return true;
                }
            };
        }
    }

    /** A sink that turns out to be of no use after a while. */
    private final class Unusable implements SinkFactory<TestPlugins.None> {
        @Override
        public Sink open(TestPlugins.None config, SinkContext context) throws Exception {
            release.await();
            throw new VarunaException(StandardError.INVALID_PROPERTY, "no such table");
        }
    }

    private RunningRule start(String id, String type, String action, Map<String, Object> options) {
        return engine.start(
                new RuleSpec(
                        id,
                        Plans.plan(Plans.scan("n")),
                        List.of(Plans.stream("demo", "SHARED", "TRUE", "TYPE", type)),
                        List.of(new ActionSpec(action, 0, Map.of())),
                        RuleOptions.of(options)),
                this);
    }

    private void assertRowsGoOn() {
        int before = sink.rows.size();
        Awaitility.await().atMost(LIMIT).until(() -> sink.rows.size() > before + 10);
    }

    @Test
    void ruleWhoseSinkIsOfNoUseDoesNotEndTheSourceOfOthers() throws Exception {
        start("good", "test", "test", Map.of());
        assertRowsGoOn();
        RunningRule bad = start("bad", "test", "unusable", Map.of("bufferLength", 4));
        // the thread of the source waits for room by then, or soon will
        Awaitility.await().atMost(LIMIT).until(() -> Long.valueOf(4)
                .equals(bad.metrics().get("sink_unusable_0_0_buffer_length")));
        release.countDown();

        assertThat(failure.get(1, TimeUnit.MINUTES)).isEqualTo("no such table");
        assertRowsGoOn();
    }

    @Test
    void sourceThatSaysItWasInterruptedBeginsAnew() {
        start("good", "interrupted", "test", Map.of());
        assertRowsGoOn();
        assertThat(opened).hasValue(2);
    }

    @Test
    void sourceThatSaysItWasInterruptedIsPolledAgain() {
        start("good", "polled", "test", Map.of());
        assertRowsGoOn();
    }
}
