package io.varuna.plugin.functions.analytic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.varuna.api.data.DataType;
import io.varuna.api.function.AnalyticFunction;
import io.varuna.api.function.Argument;
import io.varuna.api.function.FunctionDefinition;
import io.varuna.api.function.FunctionLibrary;
import io.varuna.api.state.State;
import io.varuna.testkit.FunctionContract;
import io.varuna.testkit.TestArgs;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AnalyticFunctionsTest extends FunctionContract {
    @Override
    protected FunctionLibrary library() {
        return new AnalyticFunctions();
    }

    @Override
    @SuppressWarnings("NullAway") // does not see the annotations of type arguments in class files
    protected List<List<@Nullable Object>> rows(FunctionDefinition function) {
        return switch (function.name()) {
            case "lag" -> List.of(
                    row(1L, 2L, 0L, false), row(2L, 2L, 0L, false), row(null, 2L, 0L, false), row(4L, 2L, 0L, false));
            case "changed_cols" -> List.of(
                    row("c_", true, Map.of("a", 1L)),
                    row("c_", true, Map.of("a", 1L, "b", 2L)),
                    row("c_", true, Map.of("a", 2L)));
            case "changed_col", "had_changed" -> List.of(
                    row(false, 1L), row(false, 1.0), row(false, null), row(false, 2L));
            case "acc_sum", "acc_avg", "acc_min", "acc_max", "acc_count" -> List.of(
                    row(1L, false, false),
                    row(2.5, true, false),
                    row(3L, false, false),
                    row(-4L, false, true),
                    row(5L, false, false));
            default -> super.rows(function);
        };
    }

    private static List<@Nullable Object> row(@Nullable Object... values) {
        return Arrays.asList(values);
    }

    /** One function at work on one partition. */
    private static final class Call<S extends State> {
        private final AnalyticFunction<S> function;
        private final S state;

        Call(AnalyticFunction<S> function) {
            this.function = function;
            this.state = function.create();
        }

        @SuppressWarnings("NullAway") // does not see the annotations of array elements in class files
        @Nullable
        Object apply(@Nullable Object... arguments) throws Exception {
            return function.apply(state, TestArgs.of(arguments));
        }

        @Nullable
        Object skip() {
            return function.skip(state);
        }
    }

    private Call<?> call(String name) {
        return new Call<>((AnalyticFunction<?>) definition(name).create());
    }

    private FunctionDefinition definition(String name) {
        return library().functions().stream()
                .filter(function -> function.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void lagReturnsTheValueSomeRowsBefore() throws Exception {
        Call<?> lag = call("lag");
        assertThat(lag.apply("foo", 1L, "default", true)).isEqualTo("default");
        assertThat(lag.apply(null, 1L, "default", true)).isEqualTo("foo");
        assertThat(lag.apply("bar", 1L, "default", true)).isEqualTo("foo");
        assertThat(lag.skip()).isEqualTo("bar");
        assertThat(lag.apply("baz")).isEqualTo("bar");

        Call<?> lagTwo = call("lag");
        assertThat(lagTwo.apply("bar", 2L)).isNull();
        assertThat(lagTwo.apply("baz", 2L)).isNull();
        assertThat(lagTwo.apply("foo", 2L)).isEqualTo("bar");
        assertThat(lagTwo.skip()).isEqualTo("baz");
    }

    @Test
    void lagKeepsNullsIfTold() throws Exception {
        Call<?> lag = call("lag");
        assertThat(lag.apply(null, 1L, "default", false)).isEqualTo("default");
        assertThat(lag.apply("a", 1L, "default", false)).isNull();
        assertThat(lag.apply("b", 1L, "default", false)).isEqualTo("a");
    }

    @Test
    void theOffsetOfLagIsAConstant() {
        Argument value = new Argument(DataType.ANY, false, null, "a");
        assertThat(definition("lag").problem(List.of(value, new Argument(DataType.BIGINT, false, null, "n"))))
                .hasValue("Argument 2 of 'lag' ('offset') takes a constant from 1 to 100000, not 'n'");
        assertThat(definition("lag").problem(List.of(value, new Argument(DataType.BIGINT, true, 0L, "0"))))
                .isPresent();
        assertThat(definition("lag").problem(List.of(value, new Argument(DataType.VARCHAR, true, "bar", "'bar'"))))
                .isPresent();
        assertThat(definition("lag").problem(List.of(value, new Argument(DataType.BIGINT, true, 2L, "2"))))
                .isEmpty();
    }

    @Test
    void latestSkipsNulls() throws Exception {
        Call<?> latest = call("latest");
        assertThat(latest.apply(null, "none")).isEqualTo("none");
        assertThat(latest.skip()).isEqualTo("none");
        assertThat(latest.apply("foo", "none")).isEqualTo("foo");
        assertThat(latest.apply(null, "none")).isEqualTo("foo");
        assertThat(latest.skip()).isEqualTo("foo");
    }

    @Test
    void changedColReturnsWhatIsNew() throws Exception {
        Call<?> changed = call("changed_col");
        assertThat(changed.apply(true, "bar")).isEqualTo("bar");
        assertThat(changed.apply(true, "bar")).isNull();
        assertThat(changed.apply(true, null)).isNull();
        assertThat(changed.apply(true, "bar")).isNull();
        assertThat(changed.apply(false, null)).isNull();
        assertThat(changed.skip()).isNull();
        assertThat(changed.apply(false, "bar")).isEqualTo("bar");
    }

    @Test
    void hadChangedComparesEachValue() throws Exception {
        Call<?> changed = call("had_changed");
        assertThat(changed.apply(true, "foo", 44L)).isEqualTo(true);
        assertThat(changed.apply(true, "foo", 44.0)).isEqualTo(false);
        assertThat(changed.apply(true, "foo", null)).isEqualTo(false);
        assertThat(changed.apply(false, "foo", null)).isEqualTo(true);
        assertThat(changed.skip()).isEqualTo(false);
        assertThatThrownBy(() -> changed.apply("foo", "bar"))
                .hasMessage("Argument 'ignore_null' of 'had_changed' takes TRUE or FALSE, not 'foo' (STRING)");
    }

    @Test
    void membersThatAreNullMayBeIgnoredToo() throws Exception {
        Call<?> changed = call("had_changed");
        assertThat(changed.apply(true, Map.of("a", 1L, "b", 2L))).isEqualTo(true);
        assertThat(changed.apply(true, Map.of("a", 1L))).isEqualTo(false);
        assertThat(changed.apply(true, Map.of("a", 2L))).isEqualTo(true);
    }

    @Test
    void changedColsReturnsTheColumnsThatChanged() throws Exception {
        Call<?> changed = call("changed_cols");
        assertThat(changed.apply("ab_", true, Map.of("a", 1L), Map.of("b", 2L)))
                .isEqualTo(Map.of("ab_a", 1L, "ab_b", 2L));
        assertThat(changed.apply("ab_", true, Map.of("a", 1L, "b", 3L))).isEqualTo(Map.of("ab_b", 3L));
        assertThat(changed.apply("ab_", true, Map.of("a", 1L))).isNull();
        assertThatThrownBy(() -> changed.apply("ab_", true, 5L)).hasMessageContaining("takes columns or *");
    }

    @Test
    void accumulatorsRunOverAllRows() throws Exception {
        Call<?> sum = call("acc_sum");
        assertThat(sum.skip()).isEqualTo(0.0);
        assertThat(sum.apply(1L)).isEqualTo(1.0);
        assertThat(sum.apply((Object) null)).isEqualTo(1.0);
        assertThat(sum.apply(2.5)).isEqualTo(3.5);
        assertThat(sum.skip()).isEqualTo(3.5);
        assertThatThrownBy(() -> sum.apply("a")).hasMessageContaining("takes a number");

        Call<?> max = call("acc_max");
        assertThat(max.apply(-5L)).isEqualTo(-5.0);
        Call<?> average = call("acc_avg");
        average.apply(1L);
        assertThat(average.apply(2L)).isEqualTo(1.5);
        Call<?> count = call("acc_count");
        count.apply("a");
        assertThat(count.apply((Object) null)).isEqualTo(1L);
    }

    @Test
    void accumulatorsMayBeginAndReset() throws Exception {
        Call<?> least = call("acc_min");
        assertThat(least.apply(1L, false, false)).isEqualTo(0.0);
        assertThat(least.apply(5L, true, false)).isEqualTo(5.0);
        assertThat(least.apply(4L, false, null)).isEqualTo(4.0);
        assertThat(least.apply(3L, false, true)).isEqualTo(3.0);
        assertThat(least.apply(2L, false, false)).isEqualTo(0.0);
    }

    @Test
    void longSumsDoNotDrift() throws Exception {
        Call<?> sum = call("acc_sum");
        Object total = 0.0;
        for (int i = 0; i < 1_000_000; i++) {
            total = sum.apply(0.1);
        }
        assertThat(total).isEqualTo(100_000.0);
    }
}
