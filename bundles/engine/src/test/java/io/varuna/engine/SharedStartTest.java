package io.varuna.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.varuna.api.sink.Sink;
import io.varuna.api.sink.SinkContext;
import io.varuna.api.sink.SinkFactory;
import io.varuna.api.source.ReadingSource;
import io.varuna.api.source.Source;
import io.varuna.api.source.SourceContext;
import io.varuna.api.source.SourceFactory;
import io.varuna.engine.rule.ActionSpec;
import io.varuna.engine.rule.RuleOptions;
import io.varuna.engine.rule.RuleSpec;
import io.varuna.engine.time.RealTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A rule that begins to read a stream which others read already. */
class SharedStartTest implements UnendingRule {
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final AtomicLong emitted = new AtomicLong();
    private final TestSink sink = new TestSink(true);
    private final Engine engine = Engine.builder()
            .plugins(new TestPlugins()
                    .source("test", new Counting())
                    .sink("test", sink)
                    .sink("patient", new Patient()))
            .time(new RealTime())
            .build();

    @AfterEach
    void close() {
        engine.close();
    }

    private final class Counting implements SourceFactory<TestPlugins.None> {
        @Override
        public Source open(TestPlugins.None config, SourceContext context) {
            return (ReadingSource) out -> {
                while (true) {
                    out.emit(Map.of("n", emitted.incrementAndGet()), Map.of(), null);
                    out.flush();
                }
            };
        }
    }

    /** A sink that is opened by whoever starts the rule, and waits for the source there. */
    private final class Patient implements SinkFactory<TestPlugins.None> {
        @Override
        public boolean blocking() {
            return false;
        }

        @Override
        public Sink open(TestPlugins.None config, SinkContext context) {
            long before = emitted.get();
            Awaitility.await().atMost(LIMIT).until(() -> emitted.get() > before + 100);
            return batch -> {};
        }
    }

    private RunningRule start(String id, String action) {
        return engine.start(
                new RuleSpec(
                        id,
                        Plans.plan(Plans.scan("n")),
                        List.of(Plans.stream("demo", "SHARED", "TRUE", "TYPE", "test")),
                        List.of(new ActionSpec(action, 0, Map.of())),
                        RuleOptions.of(Map.of("bufferLength", 4))),
                this);
    }

    @Test
    void sinkThatIsLongInOpeningDoesNotStopTheSource() {
        start("first", "test");
        Awaitility.await().atMost(LIMIT).until(() -> !sink.rows.isEmpty());
        RunningRule second = start("second", "patient");

        Awaitility.await()
                .atMost(LIMIT)
                .until(() ->
                        second.metrics().get("sink_patient_0_0_records_out_total") instanceof Long rows && rows > 10);
        assertThat(second.metrics()).containsEntry("sink_patient_0_0_exceptions_total", 0L);
    }
}
