package io.varuna.engine.match;

import static org.assertj.core.api.Assertions.assertThat;

import io.varuna.api.data.DataType;
import io.varuna.api.function.AggregateFunction;
import io.varuna.api.function.Args;
import io.varuna.api.function.FunctionDefinition;
import io.varuna.api.function.FunctionLibrary;
import io.varuna.api.state.State;
import io.varuna.api.state.StateReader;
import io.varuna.api.state.StateWriter;
import io.varuna.engine.data.RowBatch;
import io.varuna.engine.step.Step;
import io.varuna.plan.AggregateCall;
import io.varuna.plan.Expression;
import io.varuna.plan.Expression.InputColumn;
import io.varuna.plan.Expression.Literal;
import io.varuna.plan.Expression.MatchAggregate;
import io.varuna.plan.Expression.Operation;
import io.varuna.plan.MatchRecognize;
import io.varuna.plan.MatchRecognize.Definition;
import io.varuna.plan.MatchRecognize.Skip;
import io.varuna.plan.Operator;
import io.varuna.plan.RowPattern;
import io.varuna.plan.Scan;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Aggregates over long matches look at each row once, and not at all rows again for each. */
class MatchAggregateTest {
    private static final int ROWS = 500;
    private static final Expression VALUE = new InputColumn(2, "v", DataType.BIGINT);

    private final Total total = new Total();
    private final List<String> found = new ArrayList<>();
    private final Step output = new Step(MatchPropertyTest.setting()) {
        @Override
        protected void processRows(RowBatch batch) {
            for (int i = 0; i < batch.size(); i++) {
                @Nullable Object[] row = batch.row(i);
                found.add(row[row.length - 2] + " of " + row[row.length - 1]);
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
    };

    /** Adds numbers, and notes how often. */
    private static final class Total implements AggregateFunction<Total.Sum> {
        private int added;

        static final class Sum implements State {
            private long sum;

            @Override
            public void save(StateWriter out) {
                out.putLong(sum);
            }

            @Override
            public void load(StateReader in) {
                sum = in.getLong();
            }
        }

        @Override
        public Sum create() {
            return new Sum();
        }

        @Override
        public void add(Sum sum, Args args) {
            added++;
            sum.sum += args.get(0) instanceof Long number ? number : 0;
        }

        @Override
        public void merge(Sum sum, Sum other) {
            sum.sum += other.sum;
        }

        @Override
        public Object result(Sum sum) {
            return sum.sum;
        }
    }

    @Test
    void eachRowIsAddedOnceForEachPlaceWhereTheAggregateStands() {
        Expression running = total(false);
        Step step = step(List.of(
                new Definition("A", compare(Operator.LESS, running, ROWS + 1)),
                new Definition("B", compare(Operator.EQUAL, running, ROWS - 1))));

        assertThat(run(step))
                .isEqualTo(LongStream.rangeClosed(1, ROWS)
                        .map(row -> Math.min(row, ROWS - 1))
                        .mapToObj(sum -> sum + " of " + (ROWS - 1))
                        .toList());
        // two conditions and two measures
        assertThat(total.added).isLessThanOrEqualTo(4 * ROWS);
    }

    private static Expression total(boolean whole) {
        return new MatchAggregate(
                new AggregateCall("total", List.of(VALUE), null, false, DataType.BIGINT, "total"), List.of("A"), whole);
    }

    private static Expression compare(Operator operator, Expression left, long right) {
        return new Operation(operator, List.of(left, new Literal(right, DataType.BIGINT)), DataType.BOOLEAN);
    }

    /** PATTERN (A*? B), so that both conditions are tested for each row. */
    private MatchStep step(List<Definition> definitions) {
        MatchRecognize plan = new MatchRecognize(
                new Scan("demo", "demo", List.of()),
                List.of(),
                List.of(),
                new RowPattern.Sequence(List.of(
                        new RowPattern.Repetition(new RowPattern.Variable("A"), 0, RowPattern.UNLIMITED, false),
                        new RowPattern.Variable("B"))),
                definitions,
                List.of(total(false), total(true)),
                List.of("so_far", "in_all"),
                true,
                new Skip(Skip.Target.PAST_LAST_ROW, List.of()),
                MatchRecognize.UNLIMITED);
        return new MatchStep(MatchPropertyTest.setting(), plan, MatchPropertyTest.compiler(library()), output);
    }

    private FunctionLibrary library() {
        return new FunctionLibrary() {
            @Override
            public List<FunctionDefinition> functions() {
                return List.of(FunctionDefinition.aggregate("total", () -> total)
                        .parameter("value", DataType.BIGINT)
                        .result(DataType.BIGINT)
                        .build());
            }
        };
    }

    private List<String> run(Step step) {
        for (long id = 0; id < ROWS; id++) {
            RowBatch batch = new RowBatch();
            batch.add(new Object[] {0L, id, 1L}, id);
            step.rows(batch);
        }
        return found;
    }
}
