package io.varuna.engine.step;

import io.varuna.api.data.Column;
import io.varuna.api.data.Missing;
import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.engine.aggregate.AggregateCalls;
import io.varuna.engine.aggregate.GroupKeys;
import io.varuna.engine.aggregate.Groups;
import io.varuna.engine.data.RowBatch;
import io.varuna.engine.expression.Evaluator;
import io.varuna.engine.metric.StepMetrics;
import io.varuna.plan.Aggregate;
import io.varuna.plan.AggregateCall;
import io.varuna.plan.Expression.InputColumn;
import io.varuna.plan.Expression.Subquery;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The value of a query, which is carried out on each row for which it is asked; once, as long as it would give the same. */
public final class SubqueryValue extends Evaluator {
    private final Subquery.Result result;
    private final Evaluator[] parameters;
    private final GatheredRows gathered;
    private final boolean same;
    private final FirstFailure failure;
    private final Step first;
    private final @Nullable EmptyToo aggregated;
    private final Answer answer;
    private final RowBatch outer = new RowBatch(1);
    private long asked = -1;
    private @Nullable Object known;

    /**
     * Creates the value.
     *
     * @param same whether the value depends on the gathered rows only
     */
    public SubqueryValue(
            Subquery.Result result, Evaluator[] parameters, Chain chain, GatheredRows gathered, boolean same) {
        this.result = result;
        this.parameters = parameters;
        this.gathered = gathered;
        this.same = same;
        this.failure = chain.failure;
        this.first = chain.first;
        this.aggregated = chain.aggregated;
        this.answer = chain.answer;
    }

    /** The steps of a query, put together from the last one on. */
    public static final class Chain {
        private final FirstFailure failure = new FirstFailure();
        private final Clock clock;
        private final Answer answer;
        private @Nullable EmptyToo aggregated;
        private Step first;

        /**
         * Begins with where the result arrives.
         *
         * @param columns those of the result
         * @param column the place of the value among them
         */
        public Chain(Clock clock, List<Column> columns, int column) {
            this.clock = clock;
            this.answer = new Answer(setting(columns), column);
            this.first = answer;
        }

        /** Returns the setting of a step. A row that it cannot evaluate fails the row that asks. */
        public StepSetting setting(List<Column> input) {
            return new StepSetting(new StepMetrics("query", false), failure, clock, input);
        }

        /** Returns the first step so far. */
        public Step first() {
            return first;
        }

        /** Puts a step before the others. */
        public void before(Step step) {
            first = step;
        }

        /**
         * Lets aggregates without keys, the first step so far, have a result also where no row comes.
         *
         * @param after the step after it
         */
        public void emptyToo(StepSetting setting, Aggregate plan, AggregateCalls calls, Step after) {
            aggregated = new EmptyToo(setting, plan, calls, first, after);
            first = aggregated;
        }
    }

    @Override
    public @Nullable Object value(@Nullable Object[] row, long time) throws Exception {
        if (same && asked == gathered.changes()) {
            return known;
        }
        @Nullable Object[] values = new @Nullable Object[parameters.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = parameters[i].value(row, time);
        }
        ask(values, time);
        known = value();
        asked = gathered.changes();
        return known;
    }

    private void ask(@Nullable Object[] values, long time) throws Exception {
        failure.cause = null;
        answer.values.clear();
        if (aggregated != null) {
            aggregated.reached = false;
        }
        outer.clear();
        outer.add(values, time);
        first.result(outer);
        if (aggregated != null && !aggregated.reached) {
            aggregated.ofNothing(values, time);
        }
        if (failure.cause != null) {
            throw failure.cause;
        }
    }

    private @Nullable Object value() {
        List<@Nullable Object> values = answer.values;
        return switch (result) {
            case EXISTS -> !values.isEmpty();
            case LIST -> Collections.unmodifiableList(new ArrayList<>(values));
            case VALUE -> {
                if (values.size() > 1) {
                    throw new VarunaException(
                            StandardError.EVALUATION_FAILED,
                            "A query gives " + values.size() + " rows where a value is needed, which is one row");
                }
                yield values.isEmpty() ? null : values.get(0);
            }
        };
    }

    /** Remembers why a query has no value. */
    private static final class FirstFailure implements Trouble {
        private @Nullable Exception cause;

        @Override
        public void rowFailed(StepMetrics where, Exception failure, Map<String, @Nullable Object> row) {
            if (cause == null) {
                cause = failure;
            }
        }
    }

    /** Hands rows on to be aggregated, and knows whether there were any. */
    private static final class EmptyToo extends Step {
        private final List<AggregateCall> plan;
        private final AggregateCalls calls;
        private final Step next;
        private final Step after;
        private final RowBatch nothing = new RowBatch(1);
        private boolean reached;

        EmptyToo(StepSetting setting, Aggregate plan, AggregateCalls calls, Step next, Step after) {
            super(setting);
            this.plan = plan.calls();
            this.calls = calls;
            this.next = next;
            this.after = after;
        }

        /** Hands on the aggregates of no row, among which the values of the outer row are what they are. */
        void ofNothing(@Nullable Object[] outer, long time) {
            nothing.clear();
            new Groups(new GroupKeys(new Evaluator[0]), calls)
                    .results(time, 0, nothing, (cause, row) -> failed(cause, row));
            if (nothing.isEmpty()) {
                return;
            }
            @Nullable Object[] row = nothing.row(0);
            for (int i = 0; i < plan.size(); i++) {
                if (plan.get(i).function().equals(AggregateCall.FIRST_ROW)
                        && plan.get(i).arguments().get(0) instanceof InputColumn column
                        && column.index() < outer.length) {
                    row[i] = outer[column.index()];
                }
            }
            after.result(nothing);
        }

        @Override
        protected void processRows(RowBatch batch) {
            processResult(batch);
        }

        @Override
        protected void processResult(RowBatch batch) {
            reached |= !batch.isEmpty();
            if (reached) {
                next.result(batch);
            }
        }

        @Override
        public void time(long now) {
            next.time(now);
        }
    }

    /** Where the result arrives. */
    private static final class Answer extends Step {
        private final int column;
        private final List<@Nullable Object> values = new ArrayList<>();

        Answer(StepSetting setting, int column) {
            super(setting);
            this.column = column;
        }

        @Override
        protected void processRows(RowBatch batch) {
            processResult(batch);
        }

        @Override
        protected void processResult(RowBatch batch) {
            for (int i = 0; i < batch.size(); i++) {
                Object value = batch.row(i)[column];
                values.add(value == Missing.VALUE ? null : value);
            }
        }

        @Override
        public void time(long now) {
            // the answer is there as soon as it is asked for
        }
    }
}
