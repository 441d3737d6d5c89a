package io.varuna.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.varuna.api.data.DataType;
import io.varuna.api.function.AnalyticFunction;
import io.varuna.api.function.Args;
import io.varuna.api.function.FunctionDefinition;
import io.varuna.api.function.FunctionLibrary;
import io.varuna.api.state.State;
import io.varuna.api.state.StateReader;
import io.varuna.api.state.StateWriter;
import io.varuna.engine.function.FunctionTable;
import io.varuna.engine.rule.ActionSpec;
import io.varuna.engine.rule.RuleOptions;
import io.varuna.engine.rule.RuleSpec;
import io.varuna.engine.state.MemoryStateStore;
import io.varuna.engine.time.VirtualTime;
import io.varuna.plan.Analytic;
import io.varuna.plan.Scan;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A plugin whose state cannot be written or read costs that state, and neither later checkpoints nor an end in order. */
class UnsavableStateTest {
    private final TestStream stream = new TestStream();
    private final TestSink sink = new TestSink(true);
    private final FunctionTable functions = new FunctionTable();
    private final VirtualTime time = new VirtualTime(Instant.EPOCH);
    private final MemoryStateStore store = new MemoryStateStore();
    private final RuleEvents listener = new RuleEvents();
    private final Engine engine = Engine.builder()
            .plugins(new TestPlugins().source("test", stream).sink("test", sink))
            .functions(functions)
            .stateStore(store)
            .time(time)
            .build();

    /** What is thrown when the state is written or read; null for nothing. */
    private @Nullable Throwable thrown;

    @AfterEach
    void close() {
        engine.close();
    }

    private final class Count implements State {
        private long rows;

        @Override
        public void save(StateWriter out) {
            throwIfAsked();
            out.putValue(rows);
        }

        @Override
        public void load(StateReader in) {
            throwIfAsked();
            rows = in.getValue() instanceof Long number ? number : 0;
        }

        private void throwIfAsked() {
            if (thrown instanceof Error error) {
                throw error;
            }
            if (thrown instanceof RuntimeException exception) {
                throw exception;
            }
        }
    }

    private final class Counting implements FunctionLibrary, AnalyticFunction<Count> {
        @Override
        public List<FunctionDefinition> functions() {
            return List.of(FunctionDefinition.analytic("counted", () -> this)
                    .parameter("x", DataType.ANY)
                    .build());
        }

        @Override
        public Count create() {
            return new Count();
        }

        @Override
        public Object apply(Count count, Args args) {
            return ++count.rows;
        }
    }

    private RunningRule start() {
        functions.register(new Counting(), "counting", "1.0.0");
        Scan scan = Plans.scan("v");
        Analytic.Call call =
                new Analytic.Call("counted", List.of(Plans.column(scan, "v")), List.of(), null, DataType.BIGINT, "n");
        return engine.start(
                new RuleSpec(
                        "r1",
                        Plans.plan(new Analytic(scan, List.of(call))),
                        List.of(Plans.stream("demo")),
                        List.of(new ActionSpec("test", 0, Map.of("sendSingle", true))),
                        RuleOptions.of(Map.of("qos", 1, "checkpointInterval", "10s"))),
                listener);
    }

    private void throwing(String kind) {
        thrown = kind.equals("error") ? new NoClassDefFoundError("gone") : new IllegalStateException("not now");
    }

    @ParameterizedTest
    @ValueSource(strings = {"exception", "error"})
    void theNextCheckpointIsMadeAllTheSame(String kind) throws Exception {
        start();
        stream.emit(Map.of("v", 1L));
        throwing(kind);

        time.advanceTo(Instant.ofEpochSecond(11));
        assertThat(store.load("r1")).isEmpty();
        assertThat(stream.committed).isEmpty();
        thrown = null;
        time.advanceTo(Instant.ofEpochSecond(21));

        assertThat(store.load("r1")).isPresent();
        assertThat(stream.committed).containsExactly("1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"exception", "error"})
    void theRuleEndsInOrder(String kind) throws Exception {
        RunningRule rule = start();
        stream.emit(Map.of("v", 1L));
        throwing(kind);

        rule.stop();

        assertThat(stream.open()).isZero();
        assertThat(sink.closed).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"exception", "error"})
    void theNextStartGoesOnWithoutTheState(String kind) throws Exception {
        RunningRule first = start();
        stream.emit(Map.of("v", 1L));
        first.stop();
        throwing(kind);

        start();
        thrown = null;
        stream.emit(Map.of("v", 2L));

        assertThat(listener.told).isEmpty();
        assertThat(stream.restored).extracting(position -> position.offset()).containsExactly("1");
        assertThat(sink.rows).extracting(row -> row.get("n")).containsExactly(1L, 1L);
    }
}
