package io.varuna.engine.vector;

import io.varuna.engine.data.ColumnBatch;
import io.varuna.engine.data.ColumnVector;
import io.varuna.engine.expression.ExpressionCompiler;
import io.varuna.plan.Expression;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Computes the columns of a batch anew. */
public final class ColumnProjection {
    private final ColumnExpression[] expressions;
    private final Leaves.Plain[] plain;

    private ColumnProjection(ColumnExpression[] expressions, Leaves.Plain[] plain) {
        this.expressions = expressions;
        this.plain = plain;
    }

    /** Makes a projection; empty if it has to be evaluated row by row. */
    public static Optional<ColumnProjection> of(List<Expression> expressions, ExpressionCompiler rows) {
        if (expressions.stream().anyMatch(ColumnCompiler::sequential)) {
            return Optional.empty();
        }
        ColumnCompiler columns = new ColumnCompiler(rows);
        return Optional.of(new ColumnProjection(
                expressions.stream().map(columns::compile).toArray(ColumnExpression[]::new),
                expressions.stream()
                        .map(expression -> columns.plain(expression, true))
                        .toArray(Leaves.Plain[]::new)));
    }

    /**
     * Computes into another batch. A column that is only handed on is shared.
     *
     * @param trouble told of the rows that cannot be evaluated, which are left out, in order
     */
    public ColumnBatch project(ColumnBatch batch, BiConsumer<Throwable, @Nullable Object[]> trouble) {
        ColumnBatch computed = batch.scratch().batch(batch, expressions.length);
        RowFailures failures = new RowFailures();
        Lanes rows = null;
        for (int i = 0; i < expressions.length; i++) {
            if (expressions[i] instanceof Leaves.Reference column) {
                computed.column(i, batch.column(column.index()));
                continue;
            }
            if (expressions[i].packs()) {
                // what was packed for one expression is there for the next one
                rows = rows == null ? Lanes.of(batch, computed.selection(), computed.size()) : rows;
                ColumnVector values = packed(expressions[i], rows);
                if (values != null) {
                    computed.column(i, values);
                    continue;
                }
            }
            rows = null;
            ColumnVector values = expressions[i].cells(batch, computed.selection(), computed.size());
            computed.column(i, values);
            decide(plain[i], batch, values, computed, failures);
        }
        failures.report(batch, trouble);
        return computed;
    }

    private static @Nullable ColumnVector packed(ColumnExpression expression, Lanes rows) {
        Lane lane = expression.lane(rows);
        ColumnVector values = lane == null ? null : rows.unpack(lane);
        if (lane != null) {
            rows.giveBack(lane);
        }
        return values;
    }

    private static void decide(
            Leaves.Plain plain, ColumnBatch batch, ColumnVector values, ColumnBatch computed, RowFailures failures) {
        byte[] tags = values.tags();
        int[] places = computed.selection();
        int size = computed.size();
        int kept = 0;
        for (int i = 0; i < size; i++) {
            int row = places[i];
            if (tags[row] == ColumnVector.UNDECIDED) {
                try {
                    plain.put(batch, row, values);
                } catch (Exception | Error e) {
                    failures.add(row, e);
                    continue;
                }
            }
            places[kept++] = row;
        }
        computed.shrink(kept);
    }
}
