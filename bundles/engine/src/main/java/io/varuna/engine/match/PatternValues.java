package io.varuna.engine.match;

import io.varuna.engine.aggregate.AggregateCalls;
import io.varuna.engine.expression.Evaluator;
import io.varuna.engine.expression.ExpressionCompiler;
import io.varuna.engine.expression.MatchValues;
import io.varuna.plan.Expression.MatchAggregate;
import io.varuna.plan.Expression.RowValue;
import java.lang.ref.WeakReference;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Values that come from other rows of a match, or from the match itself. */
final class PatternValues implements MatchValues {
    private final ExpressionCompiler plain;
    private final List<String> variables;
    private final MatchContext context;

    /** Creates the values; {@code plain} compiles the arguments of aggregates. */
    PatternValues(ExpressionCompiler plain, List<String> variables, MatchContext context) {
        this.plain = plain;
        this.variables = variables;
        this.context = context;
    }

    @Override
    public Evaluator rowValue(RowValue expression, Evaluator value) {
        return new OtherRow(expression, Variables.of(expression.variables(), variables), value, context);
    }

    @Override
    public Evaluator aggregate(MatchAggregate expression) {
        AggregateCalls calls = new AggregateCalls(List.of(expression.call()), plain.matching(this));
        return new Aggregated(expression, Variables.of(expression.variables(), variables), calls, context);
    }

    @Override
    public Evaluator classifier() {
        return new Evaluator() {
            @Override
            public @Nullable Object value(@Nullable Object[] row, long time) {
                int variable = context.variable();
                return variable < 0 ? null : variables.get(variable);
            }
        };
    }

    @Override
    public Evaluator matchNumber() {
        return new Evaluator() {
            @Override
            public Object value(@Nullable Object[] row, long time) {
                return context.matchNumber();
            }
        };
    }

    /** The value of an expression on another row. */
    private static final class OtherRow extends Evaluator {
        private final RowValue plan;
        private final Variables variables;
        private final Evaluator value;
        private final MatchContext context;

        OtherRow(RowValue plan, Variables variables, Evaluator value, MatchContext context) {
            this.plan = plan;
            this.variables = variables;
            this.value = value;
            this.context = context;
        }

        @Override
        public @Nullable Object value(@Nullable Object[] row, long time) throws Exception {
            long number = context.currentNumber();
            if (!plan.isNearby()) {
                MatchedRow found = MatchedRow.find(context.end(plan.whole()), variables, plan.first(), plan.offset());
                if (found == null) {
                    return null;
                }
                number = found.number();
            }
            MatchRow other = context.row(number - plan.back());
            if (other == null) {
                return null;
            }
            long before = context.focus(number - plan.back());
            try {
                return value.value(other.values, other.time);
            } finally {
                context.focus(before);
            }
        }
    }

    /**
     * An aggregate over rows of the match. Ways through the pattern grow row by row, so what was added for the row before is
     * kept: a row is added once, unless ways with different rows are followed in turn.
     */
    private static final class Aggregated extends Evaluator {
        private final MatchAggregate plan;
        private final Variables variables;
        private final AggregateCalls calls;
        private final MatchContext context;
        private AggregateCalls.Accumulators accumulators;
        // weak: the rows of a match that is over need not be kept
        private WeakReference<@Nullable MatchedRow> reached = new WeakReference<>(null);

        Aggregated(MatchAggregate plan, Variables variables, AggregateCalls calls, MatchContext context) {
            this.plan = plan;
            this.variables = variables;
            this.calls = calls;
            this.context = context;
            this.accumulators = calls.create();
        }

        @Override
        public @Nullable Object value(@Nullable Object[] row, long time) throws Exception {
            reach(MatchedRow.find(context.end(plan.whole()), variables, false, 0));
            @Nullable Object[] result = new @Nullable Object[1];
            accumulators.results(result, 0);
            return result[0];
        }

        @SuppressWarnings("ReferenceEquality") // it has to be the same way, not one that has taken equal rows
        private void reach(@Nullable MatchedRow end) throws Exception {
            MatchedRow known = reached.get();
            Deque<MatchedRow> added = new ArrayDeque<>();
            MatchedRow matched = end;
            while (matched != null && matched != known) {
                if (variables.contains(matched.variable())) {
                    added.push(matched);
                }
                matched = matched.before();
            }
            // a row that fails leaves nothing half done
            reached.clear();
            if (matched == null) {
                accumulators = calls.create();
            }
            for (MatchedRow next : added) {
                add(next);
            }
            reached = new WeakReference<>(end);
        }

        private void add(MatchedRow matched) throws Exception {
            long before = context.focus(matched.number());
            try {
                accumulators.add(calls.arguments(matched.row().values, matched.row().time));
            } finally {
                context.focus(before);
            }
        }
    }
}
