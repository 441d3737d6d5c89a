package io.varuna.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.varuna.api.data.DataType;
import io.varuna.api.function.FunctionDefinition;
import io.varuna.api.function.FunctionLibrary;
import io.varuna.engine.function.FunctionTable;
import io.varuna.engine.rule.ActionSpec;
import io.varuna.engine.rule.RuleOptions;
import io.varuna.engine.rule.RuleSpec;
import io.varuna.engine.time.VirtualTime;
import io.varuna.plan.Expression;
import io.varuna.plan.Scan;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a plugin throws costs the row, or the batch, of the rules that use it, and nothing more. */
class PluginErrorTest implements UnendingRule {
    private final TestStream stream = new TestStream();
    private final TestSink sink = new TestSink(true);
    private final TestSink errors = new TestSink(true);
    private final FunctionTable functions = new FunctionTable();
    private final VirtualTime time = new VirtualTime(Instant.EPOCH);
    private final Engine engine = Engine.builder()
            .plugins(new TestPlugins().source("test", stream).sink("test", sink).sink("errors", errors))
            .functions(functions)
            .time(time)
            .build();
    private final Scan scan = Plans.scan("v");

    @AfterEach
    void close() {
        engine.close();
    }

    static Stream<Throwable> throwables() {
        return Stream.of(
                new IllegalStateException("thrown"),
                new StackOverflowError("thrown"),
                new NoClassDefFoundError("thrown"),
                new OutOfMemoryError("thrown"),
                new AssertionError("thrown"));
    }

    /** Throws it the first time. */
    private static final class Throwing implements FunctionLibrary {
        private final Throwable throwable;

        Throwing(Throwable throwable) {
            this.throwable = throwable;
        }

        @Override
        public List<FunctionDefinition> functions() {
            return List.of(FunctionDefinition.scalar("checked", () -> args -> {
                        if (Long.valueOf(0).equals(args.get(0))) {
                            thrown(throwable);
                        }
                        return args.get(0);
                    })
                    .parameter("x", DataType.BIGINT)
                    .build());
        }
    }

    private static void thrown(Throwable throwable) throws Exception {
        if (throwable instanceof Error error) {
            throw error;
        }
        throw (Exception) throwable;
    }

    private void start(Expression value) {
        engine.start(
                new RuleSpec(
                        "r1",
                        Plans.plan(Plans.project(scan, Map.of("v", value))),
                        List.of(Plans.stream("demo")),
                        List.of(new ActionSpec("test", 0, Map.of("sendSingle", true))),
                        RuleOptions.of(Map.of("onError", List.of(Map.of("errors", Map.of()))))),
                this);
    }

    @ParameterizedTest
    @MethodSource("throwables")
    void functionThatThrowsCostsTheRow(Throwable throwable) throws Exception {
        functions.register(new Throwing(throwable), "throwing", "1.0.0");
        start(new Expression.FunctionCall("checked", List.of(Plans.column(scan, "v")), DataType.BIGINT));

        stream.emit(Map.of("v", 1L), Map.of("v", 0L), Map.of("v", 2L));

        assertThat(sink.rows).extracting(row -> row.get("v")).containsExactly(1L, 2L);
        assertThat(errors.rows).singleElement().satisfies(row -> assertThat(String.valueOf(row.get("error")))
                .contains("thrown"));
    }

    @ParameterizedTest
    @MethodSource("throwables")
    void sinkThatThrowsCostsTheRow(Throwable throwable) throws Exception {
        sink.behave(batch -> {
            for (var row : batch) {
                if (Long.valueOf(0).equals(row.get(0))) {
                    thrown(throwable);
                }
            }
        });
        start(Plans.column(scan, "v"));

        stream.emit(Map.of("v", 1L), Map.of("v", 0L), Map.of("v", 2L));

        assertThat(sink.rows).extracting(row -> row.get("v")).containsExactly(1L, 2L);
        assertThat(errors.rows).singleElement().satisfies(row -> assertThat(String.valueOf(row.get("error")))
                .contains("thrown"));
    }
}
