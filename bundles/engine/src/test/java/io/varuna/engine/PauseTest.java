package io.varuna.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.varuna.api.sink.Batch;
import io.varuna.engine.function.FunctionTable;
import io.varuna.engine.rule.ActionSpec;
import io.varuna.engine.rule.RuleOptions;
import io.varuna.engine.rule.RuleSpec;
import io.varuna.engine.state.MemoryStateStore;
import io.varuna.engine.time.EngineTime;
import io.varuna.engine.time.RealTime;
import io.varuna.engine.time.VirtualTime;
import io.varuna.plan.WindowSpec;
import io.varuna.plan.WindowSpec.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A rule that has to wait for something keeps its windows and positions, whatever its qos. */
class PauseTest {
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final TestStream stream = new TestStream();
    private final TestSink sink = new TestSink(true);
    private final TestPlugins plugins = new TestPlugins().source("test", stream).sink("test", sink);
    private final MemoryStateStore store = new MemoryStateStore();
    private final RuleEvents listener = new RuleEvents();
    private final VirtualTime time = new VirtualTime(Instant.EPOCH);
    private final Engine engine = engine(time);

    @AfterEach
    void close() {
        engine.close();
    }

    private Engine engine(EngineTime clock) {
        FunctionTable functions = new FunctionTable();
        functions.register(new TestFunctions(), "test", "1.0.0");
        return Engine.builder()
                .plugins(plugins)
                .functions(functions)
                .stateStore(store)
                .time(clock)
                .build();
    }

    /** Makes a rule that sums up, by key, the rows of ten seconds. */
    private static RuleSpec rule(Map<String, ?> options) {
        return rule(WindowPlans.spec(Kind.TUMBLING, 10_000, 10_000), options);
    }

    private static RuleSpec rule(WindowSpec window, Map<String, ?> options) {
        return new RuleSpec(
                "r1",
                Plans.plan(WindowPlans.sums(Plans.scan("k", "v"), window)),
                List.of(Plans.stream("demo")),
                List.of(new ActionSpec("test", 0, Map.of("sendSingle", true))),
                RuleOptions.of(options));
    }

    private static Map<String, @Nullable Object> row(String key, long value) {
        return Map.of("k", key, "v", value);
    }

    /** Returns what the windows have put out. */
    private List<String> sums() {
        return sink.rows.stream()
                .map(row -> row.get("k") + ": " + row.get("n") + " rows, " + row.get("s") + " in all, first "
                        + row.get("f"))
                .toList();
    }

    private void advance(long seconds) {
        time.advanceTo(Instant.ofEpochSecond(seconds));
    }

    @Test
    void windowsGoOnAsIfNothingHadBeen() throws Exception {
        RunningRule first = engine.start(rule(Map.of()), listener);
        stream.emit(row("a", 1), row("b", 2));
        advance(3);
        first.pause(PATIENCE);
        advance(6);
        engine.start(rule(Map.of()), listener);
        stream.emit(row("a", 4));
        advance(20);

        assertThat(sums()).containsExactlyInAnyOrder("a: 2 rows, 5 in all, first 1", "b: 1 rows, 2 in all, first 2");
        assertThat(stream.restored).extracting(position -> position.offset()).containsExactly("2");
        assertThat(listener.told).isEmpty();
    }

    @Test
    void stateIsForOneStart() throws Exception {
        RunningRule first = engine.start(rule(Map.of()), listener);
        stream.emit(row("a", 1));
        first.pause(PATIENCE);
        engine.start(rule(Map.of()), listener).stop();

        assertThat(store.load("r1")).isEmpty();
        engine.start(rule(Map.of()), listener);
        stream.emit(row("a", 4));
        advance(20);

        assertThat(sums()).containsExactly("a: 1 rows, 4 in all, first 4");
    }

    @Test
    void stateThatOptionsKeepIsForMoreThanOneStart() throws Exception {
        RuleSpec rule = rule(Map.of("enableSaveStateBeforeStop", true));
        RunningRule first = engine.start(rule, listener);
        stream.emit(row("a", 1));
        first.pause(PATIENCE);
        engine.start(rule, listener);

        assertThat(store.load("r1")).isPresent();
    }

    @Test
    void stateOfAnotherQosIsNotTakenOver() throws Exception {
        RunningRule first = engine.start(rule(Map.of("qos", 1)), listener);
        stream.emit(row("a", 1));
        first.pause(PATIENCE);
        engine.start(rule(Map.of()), listener);
        advance(20);

        assertThat(stream.restored).isEmpty();
        assertThat(sink.rows).isEmpty();
    }

    @Test
    void stateIsKeptThoughASinkTakesNothing() throws Exception {
        CountDownLatch writing = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        sink.behave((Batch batch) -> {
            writing.countDown();
            release.await();
        });
        RuleSpec pairs = rule(WindowPlans.spec(Kind.COUNT, 2, 2), Map.of());
        try (Engine live = engine(new RealTime())) {
            RunningRule first = live.start(pairs, listener);
            first.ready().get(1, TimeUnit.MINUTES);
            stream.emit(row("a", 1), row("a", 2), row("a", 3));
            assertThat(writing.await(1, TimeUnit.MINUTES)).isTrue();

            first.pause(Duration.ofMillis(100));
            release.countDown();
            sink.behave(batch -> {});
            live.start(pairs, listener).ready().get(1, TimeUnit.MINUTES);
            stream.emit(row("a", 4));

            Awaitility.await().untilAsserted(() -> assertThat(sums()).contains("a: 2 rows, 7 in all, first 3"));
        }
    }
}
