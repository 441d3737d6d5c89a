package io.varuna.engine.vector;

import io.varuna.engine.data.ColumnBatch;
import io.varuna.engine.data.ColumnVector;

/** CASE and COALESCE: a value is evaluated for the rows that choose it. */
final class Choices {
    private Choices() {}

    /** Copies a value into a result, where a column that a row does not have is NULL. */
    private static void copy(ColumnVector from, int row, ColumnVector result) {
        if (from.tag(row) == ColumnVector.MISSING) {
            result.putNull(row);
        } else {
            result.copy(row, from, row);
        }
    }

    /** CASE: condition, value, condition, value, ..., value otherwise. */
    static final class Branches extends ColumnExpression {
        private final ColumnExpression[] operands;

        Branches(ColumnExpression[] operands) {
            this.operands = operands;
        }

        @Override
        ColumnVector values(ColumnBatch batch, int[] places, int count) {
            ColumnVector result = batch.scratch().vector(batch.rows());
            int[] left = batch.scratch().places(count);
            int[] chosen = batch.scratch().places(count);
            System.arraycopy(places, 0, left, 0, count);
            int remaining = count;
            int last = operands.length - 1;
            for (int branch = 0; branch < last && remaining > 0; branch += 2) {
                ColumnVector conditions = operands[branch].values(batch, left, remaining);
                int kept = 0;
                int taken = 0;
                for (int i = 0; i < remaining; i++) {
                    int row = left[i];
                    byte tag = conditions.tag(row);
                    if (tag == ColumnVector.BOOLEAN && conditions.booleanAt(row)) {
                        chosen[taken++] = row;
                    } else if (tag == ColumnVector.BOOLEAN || isNull(tag)) {
                        left[kept++] = row;
                    } else {
                        result.putUndecided(row);
                    }
                }
                choose(operands[branch + 1], batch, chosen, taken, result);
                remaining = kept;
            }
            choose(operands[last], batch, left, remaining, result);
            return result;
        }

        private static void choose(
                ColumnExpression value, ColumnBatch batch, int[] rows, int count, ColumnVector result) {
            if (count > 0) {
                ColumnVector values = value.values(batch, rows, count);
                for (int i = 0; i < count; i++) {
                    copy(values, rows[i], result);
                }
            }
        }
    }

    /** The first value that is not NULL. */
    static final class Coalesce extends ColumnExpression {
        private final ColumnExpression[] operands;

        Coalesce(ColumnExpression[] operands) {
            this.operands = operands;
        }

        @Override
        ColumnVector values(ColumnBatch batch, int[] places, int count) {
            ColumnVector result = batch.scratch().vector(batch.rows());
            int[] left = batch.scratch().places(count);
            System.arraycopy(places, 0, left, 0, count);
            int remaining = count;
            for (ColumnExpression operand : operands) {
                if (remaining == 0) {
                    break;
                }
                ColumnVector values = operand.values(batch, left, remaining);
                int kept = 0;
                for (int i = 0; i < remaining; i++) {
                    int row = left[i];
                    copy(values, row, result);
                    if (isNull(values.tag(row))) {
                        left[kept++] = row;
                    }
                }
                remaining = kept;
            }
            return result;
        }
    }
}
