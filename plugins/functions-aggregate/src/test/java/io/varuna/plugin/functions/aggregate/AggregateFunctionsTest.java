package io.varuna.plugin.functions.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.varuna.api.data.DataType;
import io.varuna.api.function.AggregateFunction;
import io.varuna.api.function.Argument;
import io.varuna.api.function.FunctionDefinition;
import io.varuna.api.function.FunctionLibrary;
import io.varuna.api.function.GroupedAggregate;
import io.varuna.api.function.GroupedStates;
import io.varuna.api.state.State;
import io.varuna.testkit.FunctionContract;
import io.varuna.testkit.TestArgs;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AggregateFunctionsTest extends FunctionContract {
    @Override
    protected FunctionLibrary library() {
        return new AggregateFunctions();
    }

    @Override
    @SuppressWarnings("NullAway") // does not see the annotations of type arguments in class files
    protected List<List<@Nullable Object>> rows(FunctionDefinition function) {
        return switch (function.name()) {
            case "sum", "avg", "median", "var", "vars", "stddev", "stddevs" -> column(
                    1L, 0.1, 1e16, -7L, 1e-9, -1e16, Long.MAX_VALUE, 0.2);
            case "percentile_cont", "percentile_disc" -> column(3L, 1.5, 2L, 9L, -1L).stream()
                    .map(row -> Arrays.asList(row.get(0), (Object) 0.4))
                    .toList();
            case "max", "min" -> column(3L, 3.5, -2L, 7L, 0.1);
            case "collect", "count" -> column(1L, "a", null, 2.5, List.of(1L));
            case "merge_agg" -> column(Map.of("a", 1L), Map.of("b", 2L), Map.of("a", 3L, "c", 4L));
            case "deduplicate" -> rows(1L, false, 2L, false, 1.0, false, 3L, false);
            case "last_value" -> rows(1L, true, 2L, true, null, true);
            default -> super.rows(function);
        };
    }

    private static List<List<@Nullable Object>> column(@Nullable Object... values) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (Object value : values) {
            rows.add(Arrays.asList(value));
        }
        return rows;
    }

    private static List<List<@Nullable Object>> rows(@Nullable Object... pairs) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (int i = 0; i < pairs.length; i += 2) {
            rows.add(Arrays.asList(pairs[i], pairs[i + 1]));
        }
        return rows;
    }

    private FunctionDefinition definition(String name) {
        return library().functions().stream()
                .filter(function -> function.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private @Nullable Object aggregate(String name, List<List<@Nullable Object>> rows) throws Exception {
        return aggregate((AggregateFunction<?>) definition(name).create(), rows);
    }

    private static <A extends State> @Nullable Object aggregate(
            AggregateFunction<A> function, List<List<@Nullable Object>> rows) throws Exception {
        A accumulator = function.create();
        for (List<@Nullable Object> row : rows) {
            function.add(accumulator, TestArgs.of(row.toArray()));
        }
        return function.result(accumulator);
    }

    @Test
    void sumsOfWholeNumbersAreWholeAndExact() throws Exception {
        assertThat(aggregate("sum", column(1L, null, 9007199254740993L))).isEqualTo(9007199254740994L);
        assertThat(aggregate("sum", column(Long.MAX_VALUE, 1L, -2L))).isEqualTo(Long.MAX_VALUE - 1);
        assertThatThrownBy(() -> aggregate("sum", column(Long.MAX_VALUE, 1L)))
                .hasMessageContaining("'9223372036854775808' exceeds BIGINT");
    }

    @Test
    void oneFractionMakesTheSumADouble() throws Exception {
        assertThat(aggregate("sum", column(1L, 2.5))).isEqualTo(3.5);
        assertThat(aggregate("sum", column(2.0, 1L))).isEqualTo(3.0);
    }

    @Test
    void sumsOfDoublesAreRoundedOnce() throws Exception {
        assertThat(aggregate("sum", column(0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1)))
                .isEqualTo(1.0);
        assertThat(aggregate("sum", column(1e100, 1.0, -1e100))).isEqualTo(1.0);
    }

    @Test
    void averageIsADouble() throws Exception {
        assertThat(aggregate("avg", column(1L, 2L))).isEqualTo(1.5);
        assertThat(aggregate("avg", column(100L, 150L, null, 200L))).isEqualTo(150.0);
        assertThat(aggregate("avg", column((Object) null))).isNull();
    }

    @Test
    void anythingButNumbersIsRefused() {
        assertThatThrownBy(() -> aggregate("avg", column("foo")))
                .hasMessage("Argument 'value' of 'avg' takes a number, not 'foo' (STRING)");
        assertThatThrownBy(() -> aggregate("stddev", column(true))).hasMessageContaining("takes a number");
    }

    @Test
    void extremesCompareNumbersTextsAndDatetimes() throws Exception {
        assertThat(aggregate("max", column("foo", "bar", "self"))).isEqualTo("self");
        assertThat(aggregate("min", column(1L, 0.5, null))).isEqualTo(0.5);
        assertThat(aggregate("max", column(Instant.EPOCH, Instant.ofEpochSecond(1))))
                .isEqualTo(Instant.ofEpochSecond(1));
        assertThatThrownBy(() -> aggregate("max", column(1L, "a")))
                .hasMessage("'max' takes values of one kind, not '1' (BIGINT) and 'a' (STRING)");
        assertThatThrownBy(() -> aggregate("min", column(List.of())))
                .hasMessageContaining("a number, text or datetime");
    }

    @Test
    void deviationsOfPopulationAndSample() throws Exception {
        List<List<@Nullable Object>> rows = column(100L, 150L, 200L);
        assertThat(aggregate("stddev", rows)).isEqualTo(40.824829046386306);
        assertThat(aggregate("stddevs", rows)).isEqualTo(50.0);
        assertThat(aggregate("var", rows)).isEqualTo(1666.6666666666667);
        assertThat(aggregate("vars", rows)).isEqualTo(2500.0);
        assertThat(aggregate("vars", column(1L))).isNull();
        assertThat(aggregate("var", column(1e9 + 1, 1e9 + 2))).isEqualTo(0.25);
    }

    @Test
    void medianKeepsTheTypeOfTheMiddle() throws Exception {
        assertThat(aggregate("median", column(5L, 1L, 2L, 3L, 4L))).isEqualTo(3L);
        assertThat(aggregate("median", column(4L, null, 1L))).isEqualTo(2.5);
    }

    @Test
    void percentilesAsInEKuiper() throws Exception {
        assertThat(aggregate("percentile_cont", rows(100.0, 0.5, 150.0, 0.5, 200.0, 0.5)))
                .isEqualTo(125.0);
        assertThat(aggregate("percentile_disc", rows(100.0, 0.5, 150.0, 0.5, 200.0, 0.5)))
                .isEqualTo(150.0);
        assertThat(aggregate("percentile_cont", rows(1L, 0.5, 2L, 0.5, 3L, 0.5, 4L, 0.5)))
                .isEqualTo(2.0);
        assertThat(definition("percentile_disc")
                        .problem(List.of(
                                new Argument(DataType.DOUBLE, false, null, "x"),
                                new Argument(DataType.DOUBLE, true, 1.5, "1.5"))))
                .hasValue("Argument 2 of 'percentile_disc' ('fraction') takes a number from 0 to 1, not '1.5'");
    }

    @Test
    void deduplicateReturnsAllFirstRowsOrTheLastIfNew() throws Exception {
        Map<String, Object> first = Map.of("a", 1L, "n", 1L);
        Map<String, Object> second = Map.of("a", 2L, "n", 2L);
        Map<String, Object> third = Map.of("a", 1L, "n", 3L);
        assertThat(aggregate(
                        "deduplicate",
                        List.of(List.of(1L, true, first), List.of(2L, true, second), List.of(1L, true, third))))
                .isEqualTo(List.of(first, second));
        assertThat(aggregate("deduplicate", List.of(List.of(1L, false, first), List.of(2L, false, second))))
                .isEqualTo(second);
        assertThat(aggregate("deduplicate", List.of(List.of(1L, false, first), List.of(1L, false, third))))
                .isNull();
    }

    @Test
    void lastValueMayIgnoreNulls() throws Exception {
        assertThat(aggregate("last_value", rows(100L, true, null, true))).isEqualTo(100L);
        assertThat(aggregate("last_value", rows(100L, false, null, false))).isNull();
        assertThatThrownBy(() -> aggregate("last_value", rows(1L, 1L))).hasMessageContaining("takes TRUE or FALSE");
    }

    @Test
    void collectKeepsNullsAndMergeTakesTheLastMember() throws Exception {
        assertThat(aggregate("collect", column(1L, null, "a"))).isEqualTo(Arrays.asList(1L, null, "a"));
        assertThat(aggregate("merge_agg", column(Map.of("a", 1L), null, Map.of("a", 2L, "b", 3L))))
                .isEqualTo(Map.of("a", 2L, "b", 3L));
        assertThat(aggregate("merge_agg", column((Object) null))).isNull();
        assertThatThrownBy(() -> aggregate("merge_agg", column(5L))).hasMessageContaining("takes an object");
    }

    @Test
    void countLeavesOutNulls() throws Exception {
        assertThat(aggregate("count", column(1L, null, "a"))).isEqualTo(2L);
        assertThat(aggregate("count", List.of(List.of(), List.of()))).isEqualTo(2L);
    }

    /** Law: groups in arrays know what objects know, whatever numbers come: large and small ones, and those that are none. */
    @Test
    void sumsAndExtremesOfManyGroupsAreThoseOfEach() throws Exception {
        for (String name : List.of("sum", "avg", "min", "max", "count")) {
            sameInGroups(name, (AggregateFunction<?>) definition(name).create());
        }
    }

    private static <A extends State> void sameInGroups(String name, AggregateFunction<A> function) throws Exception {
        assertThat(function).isInstanceOf(GroupedAggregate.class);
        long seed = Long.getLong("varuna.seed", 1);
        Random random = new Random(seed);
        GroupedStates<A> states = ((GroupedAggregate<A>) function).grouped();
        int groups = 40;
        states.reserve(groups);
        List<A> expected = new ArrayList<>();
        for (int group = 0; group < groups; group++) {
            expected.add(function.create());
        }
        for (int i = 0; i < 20_000; i++) {
            int[] group = {random.nextInt(groups)};
            Object value = number(random, group[0] % 4);
            int added = value instanceof Long number
                    ? states.addLongs(group, new long[] {number}, 0, 1)
                    : states.addDoubles(group, new double[] {(Double) value}, 0, 1);
            if (added == 0) {
                A state = states.get(group[0]);
                function.add(state, TestArgs.of(value));
                states.put(group[0], state);
            }
            function.add(expected.get(group[0]), TestArgs.of(value));
            if (random.nextInt(500) == 0) {
                states.put(group[0], states.get(group[0]));
            }
        }
        for (int group = 0; group < groups; group++) {
            assertThat(outcome(states.get(group), function))
                    .as("%s with seed %d of group %d, by its state", name, seed, group)
                    .isEqualTo(outcome(expected.get(group), function));
            int shown = group;
            assertThat(outcome(() -> String.valueOf(states.result(shown))))
                    .as("%s with seed %d of group %d", name, seed, group)
                    .isEqualTo(outcome(expected.get(group), function));
        }
    }

    private static Object number(Random random, int kind) {
        return switch (kind) {
            case 0 -> random.nextInt(1_000) / 10.0 - 20;
            case 1 -> random.nextLong() >> random.nextInt(64);
            case 2 -> random.nextInt(3) == 0 ? (Object) (long) random.nextInt(50) : (Object) (random.nextInt(50) / 4.0);
            default -> random.nextInt(2_000) == 0
                    ? List.of(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.MAX_VALUE)
                            .get(random.nextInt(4))
                    : (Object) ((random.nextDouble() - 0.5) * Math.pow(10, random.nextInt(60) - 30));
        };
    }

    private static <A extends State> String outcome(A state, AggregateFunction<A> function) {
        return outcome(() -> String.valueOf(function.result(state)));
    }

    private static String outcome(Callable<String> result) {
        try {
            return result.call();
        } catch (Exception e) {
            return e.toString();
        }
    }
}
