package io.varuna.testkit;

import static io.varuna.testkit.Executions.failures;
import static org.assertj.core.api.Assertions.assertThat;

import io.varuna.api.data.DataType;
import io.varuna.api.function.AggregateFunction;
import io.varuna.api.function.AnalyticFunction;
import io.varuna.api.function.Args;
import io.varuna.api.function.FunctionDefinition;
import io.varuna.api.function.FunctionLibrary;
import io.varuna.api.state.State;
import io.varuna.api.state.StateReader;
import io.varuna.api.state.StateWriter;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Checks that the contract finds what it is there to find. */
class FunctionContractTest {
    @Test
    void goodFunctionsPass() {
        assertThat(failures(GoodCase.class)).isEmpty();
    }

    @Test
    void faultyFunctionsAreFound() {
        assertThat(failures(FaultyCase.class))
                .containsExactlyInAnyOrder(
                        "undocumented", // its sentence
                        "twice(2) = 5", // its example
                        "stumbles", // over a NULL
                        "forgetful_sum", // its state
                        "forgetful_sum of version 1", // the state of an older version
                        "gone of version 1", // which nobody takes over
                        "restless"); // equal calls, other results
    }

    @Test
    void resultsOfDoublesMayDifferInTheLastDigits() {
        assertThat(Results.same(0.1 + 0.2, 0.3)).isTrue();
        assertThat(Results.same(0.1, 0.2)).isFalse();
        assertThat(Results.same(List.of(1.0, new byte[] {1}), List.of(1.0, new byte[] {1})))
                .isTrue();
        assertThat(Results.same(null, 0L)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "twice(2) = 4            | true",
                "twice(twice(-1.5)) < -5 | true",
                "twice(2) <> 4           | false",
                "twice(NULL) IS NULL     | true",
                "twice(1) IS NOT NULL    | true",
                "'it''s' = \"it's\"      | true",
                "TRUE != FALSE           | true",
            })
    void examplesAreEvaluated(String example, boolean holds) throws Exception {
        assertThat(ExampleCondition.parse(example, new Good()).orElseThrow().holds())
                .isEqualTo(holds);
    }

    @Test
    void examplesThatDoNotHoldSayWhatTheFunctionReturns() throws Exception {
        assertThat(ExampleCondition.parse("twice(2) = 5", new Good())
                        .orElseThrow()
                        .left())
                .isEqualTo(4L);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"unknown(1) = 1", "twice(1 + 1) = 4", "twice(1", "a = 1", "twice(1) = 2 AND TRUE", "twice(1) ="})
    void examplesThatTakeMoreSqlAreLeftToAnEngine(String example) {
        assertThat(ExampleCondition.parse(example, new Good())).isEmpty();
    }

    @Test
    void librariesThatStayInMemoryAreFound() {
        try {
            assertThat(failures(StickyCase.class)).containsExactly("leavesNoClassesBehind()");
        } finally {
            System.getProperties().remove(StickyFunctions.class);
        }
    }

    static final class StickyCase extends FunctionContract {
        @Override
        protected FunctionLibrary library() {
            return new StickyFunctions();
        }
    }

    static final class GoodCase extends FunctionContract {
        @Override
        protected FunctionLibrary library() {
            return new Good();
        }

        @Override
        protected List<FormerState> formerStates() {
            return List.of(
                    new FormerState("total", SavedState.of(1, 40L), List.of(2L), 42L),
                    new FormerState("running_total", SavedState.of(1, 40L), List.of(2L), 42L));
        }
    }

    static final class FaultyCase extends FunctionContract {
        @Override
        protected FunctionLibrary library() {
            return new Faulty();
        }

        @Override
        protected List<FormerState> formerStates() {
            return List.of(
                    new FormerState("forgetful_sum", SavedState.of(1, 40L), List.of(2L), 42L),
                    new FormerState("gone", SavedState.of(1, 40L), List.of(2L), 42L));
        }
    }

    private static FunctionDefinition.Builder twice() {
        return FunctionDefinition.scalar(
                        "twice",
                        () -> args -> args.get(0) instanceof Long number
                                ? (Object) (number * 2)
                                : (Object) (((Number) Objects.requireNonNull(args.get(0))).doubleValue() * 2))
                .parameter("value", DataType.DOUBLE)
                .doc("Doubles a number.");
    }

    private record Good() implements FunctionLibrary {
        @Override
        public List<FunctionDefinition> functions() {
            return List.of(
                    twice().example("twice(2) = 4").build(),
                    FunctionDefinition.aggregate("total", () -> new Sum(true))
                            .parameter("value", DataType.BIGINT)
                            .doc("Adds numbers.")
                            .example("total(a) = 3")
                            .build(),
                    FunctionDefinition.analytic("running_total", RunningTotal::new)
                            .parameter("value", DataType.BIGINT)
                            .doc("Adds the numbers so far.")
                            .example("running_total(a) = 3")
                            .build());
        }
    }

    private record Faulty() implements FunctionLibrary {
        @Override
        public List<FunctionDefinition> functions() {
            return List.of(
                    twice().example("twice(2) = 5").build(),
                    FunctionDefinition.scalar("undocumented", () -> args -> 1L)
                            .example("undocumented() = 1")
                            .build(),
                    FunctionDefinition.scalar(
                                    "stumbles",
                                    () -> args ->
                                            Objects.requireNonNull(args.get(0)).toString())
                            .parameter("value", DataType.VARCHAR)
                            .calledOnNull(true)
                            .doc("Stumbles over NULL.")
                            .example("stumbles('a') = 'a'")
                            .build(),
                    FunctionDefinition.scalar("restless", () -> args -> new Object())
                            .doc("Gives something else every time.")
                            .example("restless() IS NOT NULL")
                            .build(),
                    FunctionDefinition.aggregate("forgetful_sum", () -> new Sum(false))
                            .parameter("value", DataType.BIGINT)
                            .doc("Adds numbers.")
                            .example("forgetful_sum(a) = 3")
                            .build());
        }
    }

    private static final class Total implements State {
        private final boolean saved;
        private long value;

        Total(boolean saved) {
            this.saved = saved;
        }

        @Override
        public void save(StateWriter out) {
            if (saved) {
                out.putLong(value);
            }
        }

        @Override
        public void load(StateReader in) {
            if (saved) {
                value = in.getLong();
            }
        }
    }

    private record Sum(boolean saved) implements AggregateFunction<Total> {
        @Override
        public Total create() {
            return new Total(saved);
        }

        @Override
        public void add(Total accumulator, Args args) {
            accumulator.value += value(args);
        }

        @Override
        public void merge(Total accumulator, Total other) {
            accumulator.value += other.value;
        }

        @Override
        public Object result(Total accumulator) {
            return accumulator.value;
        }

        @Override
        public void retract(Total accumulator, Args args) {
            accumulator.value -= value(args);
        }

        @Override
        public boolean retracts() {
            return true;
        }
    }

    private static final class RunningTotal implements AnalyticFunction<Total> {
        @Override
        public Total create() {
            return new Total(true);
        }

        @Override
        public @Nullable Object apply(Total state, Args args) {
            state.value += value(args);
            return state.value;
        }
    }

    private static long value(Args args) {
        return args.get(0) instanceof Long number ? number : 0;
    }
}
