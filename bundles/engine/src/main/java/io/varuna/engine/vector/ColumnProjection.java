package io.varuna.engine.vector;

import io.varuna.engine.data.ColumnBatch;
import io.varuna.engine.data.ColumnVector;
import io.varuna.engine.expression.ExpressionCompiler;
import io.varuna.plan.Expression;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Computes the columns of a batch anew. */
public final class ColumnProjection {
    /** Stands for no guard. */
    public static final int ALWAYS = -1;

    private final ColumnExpression[] expressions;
    private final Leaves.Plain[] plain;
    private final int[] guards;

    private ColumnProjection(ColumnExpression[] expressions, Leaves.Plain[] plain, int[] guards) {
        this.expressions = expressions;
        this.plain = plain;
        this.guards = guards;
    }

    /** Makes a projection; empty if it has to be evaluated row by row. */
    public static Optional<ColumnProjection> of(List<Expression> expressions, ExpressionCompiler rows) {
        return of(expressions, Collections.nCopies(expressions.size(), ALWAYS), rows);
    }

    /**
     * Makes a projection some of whose columns are computed only for rows for which one before them, its guard, is true. What
     * they hold for other rows is not said.
     *
     * @param guards for each column the number of its guard, which is true or false for all rows, or {@link #ALWAYS}
     */
    public static Optional<ColumnProjection> of(
            List<Expression> expressions, List<Integer> guards, ExpressionCompiler rows) {
        if (expressions.stream().anyMatch(ColumnCompiler::sequential)) {
            return Optional.empty();
        }
        ColumnCompiler columns = new ColumnCompiler(rows);
        return Optional.of(new ColumnProjection(
                expressions.stream().map(columns::compile).toArray(ColumnExpression[]::new),
                expressions.stream()
                        .map(expression -> columns.plain(expression, true))
                        .toArray(Leaves.Plain[]::new),
                guards.stream().mapToInt(Integer::intValue).toArray()));
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
            boolean guarded = guards[i] != ALWAYS;
            int[] places = computed.selection();
            int count = computed.size();
            if (guarded) {
                places = batch.scratch().places(count);
                count = passing(computed, computed.column(guards[i]), places);
                rows = null;
            }
            if (expressions[i].packs()) {
                // what was packed for one expression is there for the next one
                rows = rows == null ? Lanes.of(batch, places, count) : rows;
                ColumnVector values = packed(expressions[i], rows);
                if (values != null) {
                    computed.column(i, values);
                    rows = guarded ? null : rows;
                    continue;
                }
            }
            rows = null;
            ColumnVector values = expressions[i].cells(batch, places, count);
            computed.column(i, values);
            if (decide(plain[i], batch, values, places, count, failures)) {
                failures.leaveOut(computed);
            }
        }
        failures.report(batch, trouble);
        return computed;
    }

    private static int passing(ColumnBatch computed, ColumnVector guard, int[] places) {
        long[] bits = guard.bits();
        int[] all = computed.selection();
        int count = 0;
        for (int i = 0; i < computed.size(); i++) {
            places[count] = all[i];
            count += (int) bits[all[i]];
        }
        return count;
    }

    private static @Nullable ColumnVector packed(ColumnExpression expression, Lanes rows) {
        Lane lane = expression.lane(rows);
        ColumnVector values = lane == null ? null : rows.unpack(lane);
        if (lane != null) {
            rows.giveBack(lane);
        }
        return values;
    }

    /** Evaluates what was left undecided; returns whether that failed for some row. */
    private static boolean decide(
            Leaves.Plain plain, ColumnBatch batch, ColumnVector values, int[] places, int count, RowFailures failures) {
        byte[] tags = values.tags();
        boolean failed = false;
        for (int i = 0; i < count; i++) {
            int row = places[i];
            if (tags[row] == ColumnVector.UNDECIDED) {
                try {
                    plain.put(batch, row, values);
                } catch (Exception | Error e) {
                    failures.add(row, e);
                    failed = true;
                }
            }
        }
        return failed;
    }
}
