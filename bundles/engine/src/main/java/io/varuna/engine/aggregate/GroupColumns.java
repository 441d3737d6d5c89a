package io.varuna.engine.aggregate;

import io.varuna.api.data.DataType;
import io.varuna.engine.data.ColumnBatch;
import io.varuna.engine.expression.ExpressionCompiler;
import io.varuna.engine.vector.ColumnProjection;
import io.varuna.plan.AggregateCall;
import io.varuna.plan.Expression;
import io.varuna.plan.Operator;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Computes the keys of rows, and after them the arguments of all calls, as columns. Before the arguments of a call with a filter
 * comes whether the row passes it; if not, there are no arguments.
 */
public final class GroupColumns {
    private final ColumnProjection projection;

    private GroupColumns(ColumnProjection projection) {
        this.projection = projection;
    }

    /** Makes the columns; empty if rows have to be looked at one by one. */
    public static Optional<GroupColumns> of(
            List<Expression> keys, List<AggregateCall> calls, ExpressionCompiler compiler) {
        List<Expression> all = new ArrayList<>(keys);
        List<Integer> guards = new ArrayList<>(Collections.nCopies(keys.size(), ColumnProjection.ALWAYS));
        for (AggregateCall call : calls) {
            int guard = ColumnProjection.ALWAYS;
            if (call.filter() != null) {
                guard = all.size();
                all.add(passes(call.filter()));
                guards.add(ColumnProjection.ALWAYS);
            }
            all.addAll(call.arguments());
            guards.addAll(Collections.nCopies(call.arguments().size(), guard));
        }
        return ColumnProjection.of(all, guards, compiler).map(GroupColumns::new);
    }

    /** NULL does not pass. */
    private static Expression passes(Expression filter) {
        return new Expression.Operation(
                Operator.CASE,
                List.of(
                        filter,
                        new Expression.Literal(true, DataType.BOOLEAN),
                        new Expression.Literal(false, DataType.BOOLEAN)),
                DataType.BOOLEAN);
    }

    /** Computes the columns for the rows of a batch; rows for which that fails are told to {@code trouble} and left out. */
    public ColumnBatch compute(ColumnBatch batch, BiConsumer<Throwable, @Nullable Object[]> trouble) {
        return projection.project(batch, trouble);
    }
}
