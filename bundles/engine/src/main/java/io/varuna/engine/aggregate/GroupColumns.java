package io.varuna.engine.aggregate;

import io.varuna.engine.data.ColumnBatch;
import io.varuna.engine.expression.ExpressionCompiler;
import io.varuna.engine.vector.ColumnProjection;
import io.varuna.plan.AggregateCall;
import io.varuna.plan.Expression;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Computes the keys of rows, and after them the arguments of all calls, as columns. */
public final class GroupColumns {
    private final ColumnProjection projection;

    private GroupColumns(ColumnProjection projection) {
        this.projection = projection;
    }

    /** Makes the columns; empty if rows have to be looked at one by one, as those that a call's filter may leave out. */
    public static Optional<GroupColumns> of(
            List<Expression> keys, List<AggregateCall> calls, ExpressionCompiler compiler) {
        if (calls.stream().anyMatch(call -> call.filter() != null)) {
            return Optional.empty();
        }
        List<Expression> all = new ArrayList<>(keys);
        calls.forEach(call -> all.addAll(call.arguments()));
        return ColumnProjection.of(all, compiler).map(GroupColumns::new);
    }

    /** Computes the columns for the rows of a batch; rows for which that fails are told to {@code trouble} and left out. */
    public ColumnBatch compute(ColumnBatch batch, BiConsumer<Throwable, @Nullable Object[]> trouble) {
        return projection.project(batch, trouble);
    }
}
