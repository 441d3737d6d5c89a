package io.varuna.engine.vector;

import io.varuna.engine.data.ColumnBatch;
import io.varuna.engine.expression.ExpressionCompiler;
import io.varuna.plan.Expression;
import io.varuna.plan.Operator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Selects the rows of a batch for which a condition is true. Each conjunct sees the rows that the one before it left. */
public final class ColumnCondition {
    private final ColumnExpression[] conjuncts;
    private final Leaves.Plain[] plain;

    private ColumnCondition(ColumnExpression[] conjuncts, Leaves.Plain[] plain) {
        this.conjuncts = conjuncts;
        this.plain = plain;
    }

    /** Makes a condition; empty if it has to be evaluated row by row. */
    public static Optional<ColumnCondition> of(Expression condition, ExpressionCompiler rows) {
        if (ColumnCompiler.sequential(condition)) {
            return Optional.empty();
        }
        List<Expression> parts = new ArrayList<>();
        flatten(condition, parts);
        ColumnCompiler columns = new ColumnCompiler(rows);
        return Optional.of(new ColumnCondition(
                parts.stream().map(columns::compile).toArray(ColumnExpression[]::new),
                parts.stream().map(columns::plain).toArray(Leaves.Plain[]::new)));
    }

    private static void flatten(Expression condition, List<Expression> parts) {
        if (condition instanceof Expression.Operation operation && operation.operator() == Operator.AND) {
            operation.operands().forEach(operand -> flatten(operand, parts));
        } else {
            parts.add(condition);
        }
    }

    /**
     * Selects rows into another batch, which shares the columns.
     *
     * @param trouble told of the rows that cannot be evaluated, in order
     */
    public ColumnBatch select(ColumnBatch batch, BiConsumer<Throwable, @Nullable Object[]> trouble) {
        int[] places = batch.selection();
        int count = batch.size();
        int[] late = {};
        int lateCount = 0;
        RowFailures failures = new RowFailures();
        for (int i = 0; i < conjuncts.length && count > 0; i++) {
            Selection selection = new Selection(batch);
            conjuncts[i].select(batch, places, count, selection);
            places = selection.rows();
            count = selection.size();
            for (int open = 0; open < selection.openCount(); open++) {
                int row = selection.open()[open];
                if (holds(batch, row, i, failures)) {
                    late = late.length == 0 ? batch.scratch().places(batch.size()) : late;
                    late[lateCount++] = row;
                }
            }
        }
        if (lateCount > 0) {
            System.arraycopy(late, 0, places, count, lateCount);
            count += lateCount;
            Arrays.sort(places, 0, count);
        }
        failures.report(batch, trouble);
        return batch.scratch().batch(batch, batch.width()).columnsOf(batch).selection(places, count);
    }

    /** Evaluates the conjuncts from one on for a row. */
    private boolean holds(ColumnBatch batch, int row, int from, RowFailures failures) {
        try {
            for (int i = from; i < plain.length; i++) {
                if (!plain[i].holds(batch, row)) {
                    return false;
                }
            }
            return true;
        } catch (Exception | Error e) {
            failures.add(row, e);
            return false;
        }
    }
}
