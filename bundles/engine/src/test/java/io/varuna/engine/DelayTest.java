package io.varuna.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.varuna.engine.rule.ActionSpec;
import io.varuna.engine.rule.RuleOptions;
import io.varuna.engine.rule.RuleSpec;
import io.varuna.engine.state.MemoryStateStore;
import io.varuna.engine.time.VirtualTime;
import io.varuna.plan.Delay;
import io.varuna.plan.Scan;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DelayTest {
    private final TestStream stream = new TestStream();
    private final TestSink sink = new TestSink(true);
    private final VirtualTime time = new VirtualTime(Instant.parse("2025-01-01T00:00:00Z"));
    private final Engine engine = Engine.builder()
            .plugins(new TestPlugins().source("test", stream).sink("test", sink))
            .stateStore(new MemoryStateStore())
            .time(time)
            .zone(ZoneOffset.UTC)
            .build();
    private final RuleEvents listener = new RuleEvents();

    @AfterEach
    void close() {
        engine.close();
    }

    private static RuleSpec rule(String id, boolean delayed, Map<String, ?> options) {
        Scan scan = Plans.scan("id", "ms");
        return new RuleSpec(
                id,
                Plans.plan(delayed ? new Delay(scan, List.of(Plans.column(scan, "ms"))) : scan),
                List.of(Plans.stream("demo", "SHARED", "TRUE")),
                List.of(new ActionSpec("test", 0, Map.of())),
                RuleOptions.of(options));
    }

    private void advance(long millis) {
        time.advanceTo(time.clock().instant().plusMillis(millis));
    }

    private List<Object> ids() {
        return sink.rows.stream().map(row -> row.get("id")).toList();
    }

    @Test
    void anotherRuleOfTheStreamDoesNotWait() throws Exception {
        engine.start(rule("slow", true, Map.of()), listener);
        engine.start(rule("quick", false, Map.of()), listener);

        stream.emit(Map.of("id", "a", "ms", 500L), Map.of("id", "b", "ms", 1L));

        assertThat(ids()).containsExactly("a", "b");
        advance(500);
        assertThat(ids()).containsExactly("a", "b", "a", "b");
    }

    @Test
    void aRuleWhoseStreamEndsGoesOnUntilNoRowWaits() throws Exception {
        engine.start(rule("r1", true, Map.of()), listener);
        stream.emit(Map.of("id", "a", "ms", 500L), Map.of("id", "b", "ms", 900L));

        stream.end();
        advance(600);
        assertThat(ids()).containsExactly("a");
        assertThat(listener.told).isEmpty();
        advance(300);

        assertThat(ids()).containsExactly("a", "b");
        assertThat(listener.told).containsExactly("done");
    }

    @Test
    void whatWaitsSurvivesARestart() throws Exception {
        RunningRule first = engine.start(rule("r1", true, Map.of("qos", 1)), listener);
        stream.emit(Map.of("id", "a", "ms", 500L), Map.of("id", "b", "ms", 900L));
        advance(500);
        first.stop();
        advance(5_000);
        assertThat(ids()).containsExactly("a");

        engine.start(rule("r1", true, Map.of("qos", 1)), listener);
        advance(1);

        assertThat(ids()).containsExactly("a", "b");
    }

    @Test
    void aRowThatIsNoNumberLateCostsItselfOnly() throws Exception {
        RunningRule rule = engine.start(rule("r1", true, Map.of()), listener);

        stream.emit(Map.of("id", "a", "ms", "soon"), Map.of("id", "b", "ms", 100L));
        advance(100);

        assertThat(ids()).containsExactly("b");
        assertThat(rule.metrics()).containsEntry("op_2_delay_0_exceptions_total", 1L);
    }

    @Test
    void noMoreRowsWaitThanMemoryIsMeantFor() throws Exception {
        RunningRule rule = engine.start(rule("r1", true, Map.of()), listener);

        for (int i = 0; i < 100_001; i++) {
            stream.emit(Map.of("id", i, "ms", 1_000L));
        }
        advance(1_000);

        assertThat(sink.rows).hasSize(100_000);
        assertThat(rule.metrics()).containsEntry("op_2_delay_0_exceptions_total", 1L);
    }
}
