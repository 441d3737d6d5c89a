package io.varuna.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.varuna.engine.rule.ActionSpec;
import io.varuna.engine.rule.RuleOptions;
import io.varuna.engine.rule.RuleSpec;
import io.varuna.engine.time.RealTime;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How results come to a sink that has threads of its own while the source has more at hand. */
class HandOverTest {
    /** So many records are a batch. */
    private static final int BATCH = 256;

    private final TestStream stream = new TestStream();
    private final TestSink sink = new TestSink(true);
    private final Engine engine = Engine.builder()
            .plugins(new TestPlugins().source("test", stream).sink("test", sink))
            .time(new RealTime())
            .build();

    @AfterEach
    void close() {
        engine.close();
    }

    /** The machine may be busy. */
    private static ConditionFactory patiently() {
        return Awaitility.await().atMost(Duration.ofMinutes(1));
    }

    private RunningRule start() {
        RunningRule rule = engine.start(
                new RuleSpec(
                        "r1",
                        Plans.plan(Plans.scan("n")),
                        List.of(Plans.stream("demo")),
                        List.of(new ActionSpec("test", 0, Map.of())),
                        RuleOptions.DEFAULT),
                new RuleEvents());
        rule.ready().join();
        return rule;
    }

    /** Numbers from 1, of which the last has to wait. */
    private static final class Hesitating extends PayloadsTest.Numbers {
        private final CountDownLatch last;

        Hesitating(int size, CountDownLatch last) {
            super(size, 0);
            this.last = last;
        }

        @Override
        public ByteBuffer payload(int index) {
            if (index == size() - 1) {
                await();
            }
            return super.payload(index);
        }

        private void await() {
            try {
                last.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private CompletableFuture<Void> emit(Hesitating numbers) {
        return CompletableFuture.runAsync(() -> {
            try {
                stream.emit(numbers);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private void assertWritten(long count) {
        patiently().until(() -> sink.rows.size() >= count);
        List<Object> numbers =
                sink.rows.stream().<Object>map(row -> row.get("n")).toList();
        assertThat(numbers)
                .isEqualTo(LongStream.rangeClosed(1, count)
                        .<Object>mapToObj(n -> n)
                        .toList());
    }

    @Test
    void resultsDoNotWaitForASourceThatHesitates() {
        start();
        CountDownLatch last = new CountDownLatch(1);

        CompletableFuture<Void> emitted = emit(new Hesitating(BATCH + 10, last));
        assertWritten(BATCH);
        last.countDown();

        emitted.join();
        assertWritten(BATCH + 10);
    }

    @Test
    void resultsThatWaitForMoreAreWrittenWhenTheRuleStops() {
        RunningRule rule = start();
        CountDownLatch last = new CountDownLatch(1);
        CompletableFuture<Void> emitted = emit(new Hesitating(BATCH + 10, last));
        // the rule has the batch
        patiently().until(() -> rule.metrics().toString().contains("sink_test_0_0_records_in_total=" + BATCH + ","));

        rule.stop(Duration.ofMinutes(1));

        assertWritten(BATCH);
        last.countDown();
        emitted.handle((done, interrupted) -> null).join();
        assertThat(sink.rows).hasSize(BATCH);
    }
}
