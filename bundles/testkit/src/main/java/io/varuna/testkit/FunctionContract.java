package io.varuna.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.varuna.api.data.DataType;
import io.varuna.api.function.AggregateFunction;
import io.varuna.api.function.AnalyticFunction;
import io.varuna.api.function.FunctionDefinition;
import io.varuna.api.function.FunctionKind;
import io.varuna.api.function.FunctionLibrary;
import io.varuna.api.function.Parameter;
import io.varuna.api.function.ScalarFunction;
import io.varuna.api.function.TableFunction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What every library of functions promises: names, documentation, true examples, the rules about NULL, and the laws of
 * aggregates and of state. Subclass it, name the library, and inherit the tests.
 */
public abstract class FunctionContract {
    protected abstract FunctionLibrary library();

    /**
     * Returns rows of arguments to try a function with. By default they are made up from the types of the parameters: the
     * first argument varies, the others stay.
     */
    protected List<List<@Nullable Object>> rows(FunctionDefinition function) {
        List<Parameter> parameters = function.parameters();
        List<List<@Nullable Object>> rows = new ArrayList<>();
        int required = (int) parameters.stream().filter(p -> !p.optional()).count();
        for (int row = 0; row < 6; row++) {
            List<@Nullable Object> values = new ArrayList<>();
            for (int i = 0; i < required; i++) {
                values.add(sample(parameters.get(i), i == 0 ? row : 0));
            }
            rows.add(values);
        }
        return rows;
    }

    /**
     * Returns states that versions of the library have saved that are in use: an upgrade takes them over. A library that
     * was never changed has none.
     */
    protected List<FormerState> formerStates() {
        return List.of();
    }

    /** Tells whether two results are as good as equal; doubles may differ in the last digits. */
    protected boolean same(@Nullable Object one, @Nullable Object other) {
        return Results.same(one, other);
    }

    @Test
    void namesAreUniqueAndInLowerCase() {
        List<String> names = new ArrayList<>();
        for (FunctionDefinition function : library().functions()) {
            names.add(function.name());
            names.addAll(function.aliases());
        }
        assertThat(names).isNotEmpty().doesNotHaveDuplicates().allMatch(name -> name.matches("[a-z][a-z0-9_]*"));
    }

    @TestFactory
    Stream<DynamicTest> isDocumented() {
        return forEach(FunctionKind.values(), function -> {
            assertThat(function.doc()).as("doc").matches("(?s)\\p{Lu}.*\\.");
            assertThat(function.examples()).as("examples").isNotEmpty();
            assertThat(function.parameters()).allSatisfy(parameter -> assertThat(parameter.name())
                    .as("name of a parameter (compile with -parameters)")
                    .doesNotMatch("arg\\d+"));
        });
    }

    /** Runs the examples that need no more SQL than calls, literals and comparisons; the others need an engine. */
    @TestFactory
    Stream<DynamicTest> examplesHold() {
        FunctionLibrary library = library();
        List<DynamicTest> tests = new ArrayList<>();
        for (FunctionDefinition function : library.functions()) {
            for (String example : function.examples()) {
                ExampleCondition.parse(example, library)
                        .ifPresent(condition ->
                                tests.add(DynamicTest.dynamicTest(example, () -> assertThat(condition.holds())
                                        .overridingErrorMessage(
                                                "The example %s does not hold: on its left side is %s",
                                                example, condition.left())
                                        .isTrue())));
            }
        }
        return tests.stream();
    }

    @TestFactory
    Stream<DynamicTest> takesNullsWhereItSaysSo() {
        return forEach(new FunctionKind[] {FunctionKind.SCALAR}, function -> {
            ScalarFunction scalar = (ScalarFunction) function.create();
            for (List<@Nullable Object> row : rows(function)) {
                for (int i = 0; function.calledOnNull() && i < row.size(); i++) {
                    List<@Nullable Object> values = new ArrayList<>(row);
                    values.set(i, null);
                    Results.of(() -> scalar.apply(TestArgs.of(values.toArray())));
                }
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> equalArgumentsGiveEqualResults() {
        return forEach(new FunctionKind[] {FunctionKind.SCALAR}, function -> {
            ScalarFunction one = (ScalarFunction) function.create();
            ScalarFunction other = (ScalarFunction) function.create();
            for (List<@Nullable Object> row : rows(function)) {
                Object first = Results.of(() -> one.apply(TestArgs.of(row.toArray())));
                Object second = Results.of(() -> other.apply(TestArgs.of(row.toArray())));
                if (function.deterministic()) {
                    assertSame(first, second, "a second call with " + row);
                }
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> aggregatesKeepTheirLaws() {
        return forEach(new FunctionKind[] {FunctionKind.AGGREGATE}, function -> new AggregateLaws<>(
                        (AggregateFunction<?>) function.create(), this::same)
                .check(withNulls(rows(function))));
    }

    @TestFactory
    Stream<DynamicTest> analyticFunctionsKeepTheirState() {
        return forEach(new FunctionKind[] {FunctionKind.ANALYTIC}, function -> new AnalyticLaws<>(
                        (AnalyticFunction<?>) function.create(), this::same)
                .check(withNulls(rows(function))));
    }

    @TestFactory
    Stream<DynamicTest> takesOverFormerStates() {
        return formerStates().stream()
                .map(state -> DynamicTest.dynamicTest(state.toString(), () -> assertTakesOver(state)));
    }

    private void assertTakesOver(FormerState state) throws Exception {
        FunctionDefinition function = library().functions().stream()
                .filter(candidate -> candidate.name().equals(state.function()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("There is no function '" + state.function() + "' any more"));
        Object result = state.resultOf(function);
        assertThat(same(state.result(), result))
                .as("'%s' is the result, which should be '%s'", result, state.result())
                .isTrue();
    }

    @Test
    void leavesNoClassesBehind() throws Exception {
        assumeTrue(PluginCopy.isPlain(library()), () -> library().getClass() + " has other constructors");
        Class<?> library = library().getClass();
        PluginCopy.assertCollected(library, copy -> {
            for (FunctionDefinition function : ((FunctionLibrary) copy.make(library)).functions()) {
                assertThat(function.create()).isNotNull();
                if (function.kind() == FunctionKind.SCALAR) {
                    ScalarFunction scalar = (ScalarFunction) function.create();
                    rows(function).forEach(row -> Results.of(() -> scalar.apply(TestArgs.of(row.toArray()))));
                }
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> tableFunctionsHaveNoState() {
        return forEach(new FunctionKind[] {FunctionKind.TABLE}, function -> {
            TableFunction table = (TableFunction) function.create();
            for (List<@Nullable Object> row : rows(function)) {
                assertSame(rowsOf(table, row), rowsOf(table, row), "a second call with " + row);
            }
        });
    }

    private static @Nullable Object rowsOf(TableFunction table, List<@Nullable Object> arguments) {
        return Results.of(() -> {
            List<@Nullable Object> rows = new ArrayList<>();
            table.apply(TestArgs.of(arguments.toArray()), rows::add);
            return rows;
        });
    }

    private void assertSame(@Nullable Object one, @Nullable Object other, String what) {
        assertThat(same(one, other))
                .as("%s gives '%s' after '%s'", what, other, one)
                .isTrue();
    }

    private Stream<DynamicTest> forEach(FunctionKind[] kinds, CheckedConsumer check) {
        return library().functions().stream()
                .filter(function -> List.of(kinds).contains(function.kind()))
                .map(function -> DynamicTest.dynamicTest(function.name(), () -> check.accept(function)));
    }

    private static List<List<@Nullable Object>> withNulls(List<List<@Nullable Object>> rows) {
        List<List<@Nullable Object>> all = new ArrayList<>(rows);
        if (!rows.isEmpty() && !rows.get(0).isEmpty()) {
            List<@Nullable Object> nothing = new ArrayList<>(rows.get(0));
            nothing.set(0, null);
            all.add(rows.size() / 2, nothing);
        }
        return all;
    }

    private static Object sample(Parameter parameter, int row) {
        DataType.Kind kind = parameter.type().kind();
        return switch (kind) {
            case BOOLEAN -> row % 2 == 0;
            case BIGINT -> row + 1L;
            case DOUBLE -> row * 1.25 - 2;
            case VARCHAR -> "text " + row;
            case VARBINARY -> new byte[] {(byte) row, 1, 2};
            case TIMESTAMP -> Instant.ofEpochSecond(row * 3_600L);
            case ARRAY -> List.of(row + 1L, 2L, 3L);
            case STRUCT -> Map.of("a", (long) row, "b", "text");
            case ANY -> (long) (row * 3 % 4);
        };
    }

    @FunctionalInterface
    private interface CheckedConsumer {
        void accept(FunctionDefinition function) throws Exception;
    }
}
