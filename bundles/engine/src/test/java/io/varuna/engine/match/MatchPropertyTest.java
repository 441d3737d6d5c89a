package io.varuna.engine.match;

import static org.assertj.core.api.Assertions.assertThat;

import io.varuna.api.data.Column;
import io.varuna.api.data.DataType;
import io.varuna.api.function.FunctionLibrary;
import io.varuna.engine.data.RowBatch;
import io.varuna.engine.expression.Bindings;
import io.varuna.engine.expression.ExpressionCompiler;
import io.varuna.engine.expression.Surroundings;
import io.varuna.engine.function.FunctionTable;
import io.varuna.engine.match.NaiveMatcher.Item;
import io.varuna.engine.match.NaiveMatcher.Taken;
import io.varuna.engine.metric.StepMetrics;
import io.varuna.engine.state.StateInput;
import io.varuna.engine.state.StateOutput;
import io.varuna.engine.step.Step;
import io.varuna.engine.step.StepSetting;
import io.varuna.engine.step.Trouble;
import io.varuna.plan.AggregateCall;
import io.varuna.plan.Dialect;
import io.varuna.plan.Expression;
import io.varuna.plan.Expression.ContextValue;
import io.varuna.plan.Expression.InputColumn;
import io.varuna.plan.Expression.Literal;
import io.varuna.plan.Expression.MatchAggregate;
import io.varuna.plan.Expression.Operation;
import io.varuna.plan.Expression.RowValue;
import io.varuna.plan.MatchRecognize;
import io.varuna.plan.MatchRecognize.Definition;
import io.varuna.plan.MatchRecognize.Skip;
import io.varuna.plan.Operator;
import io.varuna.plan.RowPattern;
import io.varuna.plan.Scan;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Patterns match what a plain matcher by trial and error finds, whatever the pattern and the conditions, and also where state
 * is saved and restored in between.
 */
class MatchPropertyTest {
    private static final int SEEDS = 20;
    private static final int ROUNDS = 100;
    private static final List<String> VARIABLES = List.of("A", "B", "C");
    private static final List<Skip.Target> TARGETS = List.copyOf(EnumSet.allOf(Skip.Target.class));
    private static final List<Column> COLUMNS = List.of(
            new Column("k", DataType.BIGINT), new Column("id", DataType.BIGINT), new Column("v", DataType.BIGINT));
    private static final Expression VALUE = new InputColumn(2, "v", DataType.BIGINT);

    /** A condition, as the engine gets it, and as it is understood here. */
    private record Rule(@Nullable Expression expression, Meaning meaning) {}

    /** What a condition says of a row, given those that were taken before. */
    private interface Meaning {
        boolean holds(List<Item> items, List<Taken> before, int index);
    }

    @TestFactory
    List<DynamicTest> matchesAreThoseOfAPlainMatcher() {
        long first = Long.getLong("varuna.seed", 1);
        return IntStream.range(0, SEEDS)
                .mapToObj(i -> first + i)
                .map(seed -> DynamicTest.dynamicTest("seed " + seed, () -> {
                    Random random = new Random(seed);
                    for (int round = 0; round < ROUNDS; round++) {
                        check(random, "seed " + seed + ", round " + round);
                    }
                }))
                .toList();
    }

    private static void check(Random random, String name) {
        RowPattern pattern = pattern(random, 3);
        while (pattern.matchesNothing() || pattern.size() > 40) {
            pattern = pattern(random, 3);
        }
        Map<String, Rule> rules = new LinkedHashMap<>();
        VARIABLES.forEach(variable -> rules.put(variable, rule(random, variable)));
        Skip skip = new Skip(
                TARGETS.get(random.nextInt(TARGETS.size())), List.of(VARIABLES.get(random.nextInt(VARIABLES.size()))));
        long within = 1L + random.nextInt(12);
        MatchRecognize plan = new MatchRecognize(
                new Scan("demo", "demo", List.of()),
                List.of(new InputColumn(0, "k", DataType.BIGINT)),
                List.of("k"),
                pattern,
                VARIABLES.stream()
                        .map(variable -> new Definition(
                                variable,
                                rules.getOrDefault(variable, anything()).expression()))
                        .toList(),
                List.of(
                        new ContextValue(ContextValue.Kind.CLASSIFIER),
                        new ContextValue(ContextValue.Kind.MATCH_NUMBER)),
                List.of("variable", "number"),
                true,
                skip,
                within);
        Map<Long, List<Item>> partitions = new LinkedHashMap<>();
        List<String> actual = run(plan, random, partitions);
        List<String> expected = new ArrayList<>();
        partitions.forEach((key, items) -> {
            NaiveMatcher matcher = new NaiveMatcher(
                    plan.pattern(),
                    (all, before, variable, index) ->
                            rules.getOrDefault(variable, anything()).meaning().holds(all, before, index),
                    skip,
                    within,
                    items);
            List<List<Taken>> matches = matcher.matches();
            for (int i = 0; i < matches.size(); i++) {
                for (Taken taken : matches.get(i)) {
                    if (taken.shown()) {
                        expected.add(
                                key + ": " + items.get(taken.index()).id() + " " + taken.variable() + " in " + (i + 1));
                    }
                }
            }
        });
        assertThat(actual)
                .as("%s, %s, %s", name, plan.describe(), partitions)
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    /** Runs a step over random rows; returns what it puts out. */
    private static List<String> run(MatchRecognize plan, Random random, Map<Long, List<Item>> partitions) {
        Collector collector = new Collector();
        MatchStep step = new MatchStep(setting(), plan, compiler(), collector);
        long time = 0;
        RowBatch batch = new RowBatch();
        int rows = random.nextInt(30);
        for (int id = 0; id < rows; id++) {
            time += random.nextInt(3);
            long key = random.nextInt(2);
            long value = random.nextInt(4);
            partitions.computeIfAbsent(key, k -> new ArrayList<>()).add(new Item(id, value, time));
            batch.add(new Object[] {key, (long) id, value}, time);
            if (random.nextBoolean()) {
                step.rows(batch);
                batch.clear();
                step.time(time);
            }
            if (random.nextInt(5) == 0) {
                // as when the rule is stopped and started again
                StateOutput state = new StateOutput();
                step.save(state);
                step = new MatchStep(setting(), plan, compiler(), collector);
                step.load(new StateInput(state.toBytes()));
            }
        }
        step.rows(batch);
        step.time(time + 1_000);
        assertThat(collector.times).isSorted();
        return collector.found;
    }

    private static RowPattern pattern(Random random, int depth) {
        switch (depth == 0 ? 0 : random.nextInt(6)) {
            case 1, 2 -> {
                return new RowPattern.Sequence(parts(random, depth));
            }
            case 3 -> {
                return new RowPattern.Choice(parts(random, depth));
            }
            case 4 -> {
                int least = random.nextInt(3);
                int most = random.nextBoolean() ? RowPattern.UNLIMITED : Math.max(1, least + random.nextInt(3));
                return new RowPattern.Repetition(pattern(random, depth - 1), least, most, random.nextBoolean());
            }
            case 5 -> {
                return random.nextInt(4) == 0
                        ? new RowPattern.Exclusion(pattern(random, depth - 1))
                        : pattern(random, depth - 1);
            }
            default -> {
                return new RowPattern.Variable(VARIABLES.get(random.nextInt(VARIABLES.size())));
            }
        }
    }

    private static List<RowPattern> parts(Random random, int depth) {
        return IntStream.range(0, 2 + random.nextInt(2))
                .mapToObj(i -> pattern(random, depth - 1))
                .toList();
    }

    private static Rule anything() {
        return new Rule(null, (items, before, index) -> true);
    }

    private static Rule rule(Random random, String variable) {
        String other = VARIABLES.get(random.nextInt(VARIABLES.size()));
        int number = random.nextInt(4);
        boolean first = random.nextBoolean();
        return switch (random.nextInt(6)) {
            case 0 -> anything();
            case 1 -> new Rule(
                    compare(Operator.LESS_OR_EQUAL, VALUE, literal(number)),
                    (items, before, index) -> items.get(index).value() <= number);
            case 2 -> new Rule(
                    compare(Operator.GREATER, VALUE, new RowValue(VALUE, List.of(), false, 0, 1, false)),
                    (items, before, index) -> index > 0
                            && items.get(index).value() > items.get(index - 1).value());
            case 3 -> new Rule(
                    compare(
                            Operator.GREATER_OR_EQUAL,
                            VALUE,
                            new RowValue(VALUE, List.of(other), first, number % 2, number / 2, false)),
                    (items, before, index) -> {
                        List<Integer> rows = rows(before, variable, other, index);
                        int at = first ? number % 2 : rows.size() - 1 - number % 2;
                        int row = at < 0 || at >= rows.size() ? -1 : rows.get(at) - number / 2;
                        return row >= 0
                                && items.get(index).value() >= items.get(row).value();
                    });
            case 4 -> new Rule(
                    compare(
                            Operator.LESS_OR_EQUAL,
                            new MatchAggregate(
                                    new AggregateCall(
                                            AggregateCall.COUNT_ROWS, List.of(), null, false, DataType.BIGINT, "n"),
                                    List.of(other),
                                    false),
                            literal(number)),
                    (items, before, index) ->
                            rows(before, variable, other, index).size() <= number);
            default -> new Rule(
                    compare(Operator.EQUAL, VALUE, literal(number)),
                    (items, before, index) -> items.get(index).value() == number);
        };
    }

    /** Returns which rows a variable has taken, were the one at hand to be the next. */
    private static List<Integer> rows(List<Taken> before, String variable, String other, int index) {
        List<Integer> rows = new ArrayList<>();
        before.stream().filter(taken -> taken.variable().equals(other)).forEach(taken -> rows.add(taken.index()));
        if (variable.equals(other)) {
            rows.add(index);
        }
        return rows;
    }

    private static Expression compare(Operator operator, Expression left, Expression right) {
        return new Operation(operator, List.of(left, right), DataType.BOOLEAN);
    }

    private static Expression literal(long value) {
        return new Literal(value, DataType.BIGINT);
    }

    static StepSetting setting() {
        Trouble lostMatches = (where, cause, row) ->
                assertThat(cause).hasMessageContaining("names no row of the match, or its first one");
        return new StepSetting(new StepMetrics("op_2_match_0", false), lostMatches, Clock.systemUTC(), COLUMNS);
    }

    static ExpressionCompiler compiler(FunctionLibrary... libraries) {
        FunctionTable functions = new FunctionTable();
        List.of(libraries).forEach(library -> functions.register(library, "test", "1.0.0"));
        Clock clock = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
        Surroundings surroundings = new Surroundings("r1", Dialect.STANDARD, 0, clock, ZoneOffset.UTC, functions);
        return new ExpressionCompiler(surroundings, new Bindings(functions, Map.of()));
    }

    /** Notes what comes out. */
    private static final class Collector extends Step {
        private final List<String> found = new ArrayList<>();
        private final List<Long> times = new ArrayList<>();

        Collector() {
            super(setting());
        }

        @Override
        protected void processRows(RowBatch batch) {
            for (int i = 0; i < batch.size(); i++) {
                @Nullable Object[] row = batch.row(i);
                found.add(row[0] + ": " + row[1] + " " + row[3] + " in " + row[4]);
                times.add(batch.time(i));
            }
        }

        @Override
        protected void processResult(RowBatch batch) {
            processRows(batch);
        }

        @Override
        public void time(long now) {
            // comes with the rows
        }
    }
}
