package io.varuna.sql;

import io.varuna.api.data.DataType;
import io.varuna.api.function.FunctionDefinition;
import io.varuna.plan.Expression;
import io.varuna.plan.LookupJoin;
import io.varuna.plan.Operator;
import io.varuna.plan.Output;
import io.varuna.plan.PlanNode;
import io.varuna.plan.RunningAggregate;
import io.varuna.plan.WindowSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an {@link OpaqueOperator} stands for. */
sealed interface Meaning {
    /** An operator of plans. */
    record Apply(Operator operator) implements Meaning {}

    /** A scalar function. */
    record Call(FunctionDefinition function) implements Meaning {}

    /** A table function, in a column of SELECT, or of a list, the first operand, in FROM. */
    record Expand(FunctionDefinition function) implements Meaning {}

    /**
     * An analytic function. The operands are the arguments, then what it is partitioned by, then the condition, if any.
     */
    record Analyse(FunctionDefinition function, int arguments, int partitions, boolean when) implements Meaning {}

    /**
     * The number of the row in its result. The operands are what it is partitioned by, then what it is ordered by.
     *
     * @param descending one for each of the latter
     */
    record RowNumber(int partitions, List<Boolean> descending) implements Meaning {
        public RowNumber {
            descending = List.copyOf(descending);
        }
    }

    /** The operand on another row of a match; see {@link Expression.RowValue}. */
    record OtherRow(List<String> variables, boolean first, int offset, int back, boolean whole) implements Meaning {
        public OtherRow {
            variables = List.copyOf(variables);
        }
    }

    /**
     * An aggregate function over rows of a match, of the operands; see {@link Expression.MatchAggregate}.
     *
     * @param function null for the number of rows
     */
    record OverMatch(@Nullable FunctionDefinition function, List<String> variables, boolean distinct, boolean whole)
            implements Meaning {
        public OverMatch {
            variables = List.copyOf(variables);
        }
    }

    /**
     * An aggregate function over all rows of a result, for each of them. The operands are its arguments, then the condition of
     * FILTER, if any.
     *
     * @param function null for the number of rows
     */
    record OverResult(@Nullable FunctionDefinition function, boolean distinct, boolean filtered) implements Meaning {}

    /**
     * An aggregate function over the rows before, and the row itself. The operands are its arguments, then the condition of
     * FILTER, if any, then what rows are partitioned by.
     *
     * @param function null for the number of rows
     */
    record OverRows(
            @Nullable FunctionDefinition function,
            boolean distinct,
            boolean filtered,
            int partitions,
            RunningAggregate.Frame frame)
            implements Meaning {}

    /** The second operand, for which the row waits as many milliseconds as the first one says. */
    record Wait() implements Meaning {}

    /**
     * The parts of a span of time that no row has named before. The operands are its start, its end, and what time it is.
     *
     * @param expire how long a part is remembered, in milliseconds
     */
    record NewSpans(long expire) implements Meaning {}

    /**
     * A query of which a value is made, for each row. The operands are what it takes from the row.
     *
     * @param number tells it apart from others of the same statement
     */
    record Query(Expression.Subquery.Result result, Output plan, int number) implements Meaning {
        /** Tells whether a lookup table is asked for each row, by keys. */
        boolean asked() {
            PlanNode node = plan;
            while (!(node instanceof LookupJoin) && !node.inputs().isEmpty()) {
                node = node.inputs().get(0);
            }
            return node instanceof LookupJoin;
        }
    }

    /** A literal. */
    record Constant(@Nullable Object value, DataType type) implements Meaning {}

    /** A column that a window adds, by its position among them. */
    record WindowColumn(int index) implements Meaning {}

    /** A value of the surroundings. */
    record Context(Expression.ContextValue.Kind kind) implements Meaning {}

    /** A value that is used as a condition: hides from Calcite that its type may not be boolean. */
    record Truth() implements Meaning {}

    /**
     * A conjunct of WHERE that stands for a window, so that its expressions are resolved as those of WHERE are. The operands
     * are filter, trigger, begin and end, NULL where there is none, then what it is partitioned by.
     */
    record Gather(WindowSpec window) implements Meaning {}

    /**
     * A conjunct of ON that stands for how much later, in milliseconds, the joined row may be than the other one.
     *
     * @param lower the least; negative for earlier
     */
    record Near(long lower, long upper) implements Meaning {}

    /** A conjunct of WHERE that is to be applied to the results of the window. */
    record AfterWindow() implements Meaning {}
}
