package io.varuna.engine.vector;

import io.varuna.engine.data.ColumnBatch;
import io.varuna.engine.data.ColumnVector;
import org.jspecify.annotations.Nullable;

/** AND ends at the first false, OR at the first true: later operands are evaluated for the rows that are left. */
final class Junction extends PackedExpression {
    private final ColumnExpression[] operands;
    private final boolean twoValued;
    private final boolean decisive;

    /** Creates the junction; {@code decisive} is true for OR, false for AND. */
    Junction(ColumnExpression[] operands, boolean twoValued, boolean decisive) {
        super(operands);
        this.operands = operands;
        this.twoValued = twoValued;
        this.decisive = decisive;
    }

    @Override
    @Nullable
    Lane lane(Lanes rows) {
        int count = rows.count();
        Lane result = null;
        for (ColumnExpression operand : operands) {
            Lane next = operand.lane(rows);
            if (next == null || next.kind() != Lane.Kind.TRUTH) {
                return null;
            }
            result = result == null ? next : join(result, next, rows, count);
        }
        return result;
    }

    private Lane join(Lane a, Lane b, Lanes rows, int count) {
        byte[] x = a.truths(count);
        byte[] y = b.truths(count);
        Lane result = rows.result(a, b);
        byte[] z = result.truths(count);
        if (decisive) {
            LaneArithmetic.or(x, y, z, count);
        } else {
            LaneArithmetic.and(x, y, z, count);
        }
        return result.as(Lane.Kind.TRUTH);
    }

    @Override
    ColumnVector cells(ColumnBatch batch, int[] places, int count) {
        ColumnVector result = batch.scratch().vector(batch.rows());
        int[] left = batch.scratch().places(count);
        System.arraycopy(places, 0, left, 0, count);
        for (int i = 0; i < count; i++) {
            result.putBoolean(places[i], !decisive);
        }
        int remaining = count;
        for (ColumnExpression operand : operands) {
            if (remaining > 0) {
                remaining = apply(operand.values(batch, left, remaining), left, remaining, result);
            }
        }
        return result;
    }

    /** Decides rows by the values of one operand; keeps the others. */
    private int apply(ColumnVector values, int[] rows, int count, ColumnVector result) {
        int kept = 0;
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            byte tag = values.tag(row);
            if (tag == ColumnVector.BOOLEAN) {
                if (values.booleanAt(row) == decisive) {
                    result.putBoolean(row, decisive);
                } else {
                    rows[kept++] = row;
                }
            } else if (!isNull(tag)) {
                result.putUndecided(row);
            } else if (twoValued) {
                result.putBoolean(row, false);
            } else {
                result.putNull(row);
                rows[kept++] = row;
            }
        }
        return kept;
    }
}
