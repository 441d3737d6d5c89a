package io.varuna.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.varuna.api.sink.Batch;
import io.varuna.api.sink.Sink;
import io.varuna.api.sink.SinkContext;
import io.varuna.api.sink.SinkFactory;
import io.varuna.api.sink.TransactionalSink;
import io.varuna.api.source.Source;
import io.varuna.api.source.SourceContext;
import io.varuna.api.source.SourceFactory;
import io.varuna.engine.plugin.PluginView;
import io.varuna.engine.rule.ActionSpec;
import io.varuna.engine.rule.RuleOptions;
import io.varuna.engine.rule.RuleSpec;
import io.varuna.engine.time.RealTime;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is opened in vain, or too late, is closed, and not used. */
class OpeningTest implements UnendingRule {
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final TestStream former = new TestStream();
    private final TestStream next = new TestStream();
    private final TestSink sink = new TestSink(true);
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);
    private final Recovering recovering = new Recovering(attempt -> attempt > 2);
    private final Engine engine = Engine.builder()
            .plugins(new TestPlugins("1.0").source("test", former).sink("test", sink))
            .time(new RealTime())
            .build();

    @AfterEach
    void close() {
        release.countDown();
        engine.close();
    }

    /** Opens what a test feeds, when it is let; {@code fails} then. */
    private final class Slow implements SourceFactory<TestPlugins.None> {
        private final boolean fails;

        Slow(boolean fails) {
            this.fails = fails;
        }

        @Override
        public Source open(TestPlugins.None config, SourceContext context) throws Exception {
            begun.countDown();
            release.await();
            if (fails) {
                throw new IOException("not there");
            }
            return former.open(config, context);
        }
    }

    /** A sink that takes some attempts to find out what it has written. */
    private static final class Recovering implements SinkFactory<TestPlugins.None> {
        private final AtomicInteger opened = new AtomicInteger();
        private final AtomicInteger closed = new AtomicInteger();
        private final IntPredicate succeeds;

        Recovering(IntPredicate succeeds) {
            this.succeeds = succeeds;
        }

        @Override
        public Sink open(TestPlugins.None config, SinkContext context) {
            int attempt = opened.incrementAndGet();
            return new TransactionalSink() {
                @Override
                public void recover(long checkpointId) throws IOException {
                    if (!succeeds.test(attempt)) {
                        throw new IOException("not there");
                    }
                }

                @Override
                public void write(Batch batch) {}

                @Override
                public void prepare(long checkpointId) {}

                @Override
                public void commit(long checkpointId) {}

                @Override
                public void close() {
                    closed.incrementAndGet();
                }
            };
        }
    }

    private RunningRule start(TestPlugins plugins) {
        return engine.start(
                new RuleSpec(
                        "r1",
                        Plans.plan(Plans.scan("n")),
                        List.of(Plans.stream("demo")),
                        List.of(new ActionSpec("test", 0, Map.of())),
                        RuleOptions.of(Map.of())),
                new PluginView(plugins, Map.of()),
                this);
    }

    /** Moves a rule while its source is being opened, which ends when the move has ended, or about when it begins. */
    private void moveWhileTheFormerOneOpens(boolean fails) throws Exception {
        RunningRule rule =
                start(new TestPlugins("1.0").source("test", new Slow(fails)).sink("test", sink));
        assertThat(begun.await(1, TimeUnit.MINUTES)).isTrue();

        CompletableFuture<SwapReport> swap = rule.swap(
                new PluginView(new TestPlugins("2.0").source("test", next).sink("test", sink), Map.of()),
                Duration.ofMillis(500));
        if (fails) {
            release.countDown();
        }
        SwapReport report = swap.get(1, TimeUnit.MINUTES);
        release.countDown();

        assertThat(report.moved()).as(report.message()).isTrue();
        Awaitility.await().atMost(LIMIT).until(() -> next.open() == 1);
        next.emit(Map.of("n", 1L));
        Awaitility.await().atMost(LIMIT).untilAsserted(() -> assertThat(sink.rows)
                .containsExactly(Map.of("n", 1L)));
        assertThat(former.open()).isZero();
    }

    @Test
    void sourceThatOpensAfterItsSuccessorHasComeIsNotUsed() throws Exception {
        moveWhileTheFormerOneOpens(false);
        assertThat(former.opened()).isEqualTo(1);
    }

    @Test
    void sourceThatFailsAfterItsSuccessorHasComeIsNotHeldAgainstThat() throws Exception {
        moveWhileTheFormerOneOpens(true);
    }

    @Test
    void sinkThatCannotRecoverIsClosedBeforeTheNextAttempt() throws Exception {
        RunningRule rule = start(new TestPlugins("1.0").source("test", former).sink("test", recovering));
        rule.ready().get(1, TimeUnit.MINUTES);
        assertThat(recovering.opened).hasValue(3);
        assertThat(recovering.closed).hasValue(2);
    }
}
