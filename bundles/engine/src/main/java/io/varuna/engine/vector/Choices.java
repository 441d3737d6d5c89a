package io.varuna.engine.vector;

import io.varuna.engine.data.ColumnBatch;
import io.varuna.engine.data.ColumnVector;
import org.jspecify.annotations.Nullable;

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
    static final class Branches extends PackedExpression {
        private final ColumnExpression[] operands;

        Branches(ColumnExpression[] operands) {
            super(operands);
            this.operands = operands;
        }

        @Override
        @Nullable
        Lane lane(Lanes rows) {
            int last = operands.length - 1;
            Lane result = operands[last].lane(rows);
            for (int branch = last - 2; branch >= 0 && result != null; branch -= 2) {
                Lane condition = operands[branch].lane(rows);
                Lane value = condition == null ? null : operands[branch + 1].lane(rows);
                if (value == null
                        || condition == null
                        || condition.kind() != Lane.Kind.TRUTH
                        || value.kind() != result.kind()
                        || value.kind() == Lane.Kind.EITHER) {
                    return null;
                }
                result = choose(condition, value, result, rows);
            }
            return result;
        }

        private static Lane choose(Lane condition, Lane value, Lane otherwise, Lanes rows) {
            int count = rows.count();
            Lane result = rows.result(value, otherwise);
            byte[] chosen = condition.truths(count);
            switch (value.kind()) {
                case WHOLE -> LaneArithmetic.choose(
                        chosen, value.wholes(count), otherwise.wholes(count), result.wholes(count), count);
                case FRACTION, EITHER -> LaneArithmetic.choose(
                        chosen, value.room(count), otherwise.room(count), result.room(count), count);
                case TRUTH -> LaneArithmetic.choose(
                        chosen, value.truths(count), otherwise.truths(count), result.truths(count), count);
            }
            long bound = Math.max(value.bound(), otherwise.bound());
            rows.giveBack(condition);
            return value.kind() == Lane.Kind.WHOLE ? result.wholes(bound) : result.as(value.kind());
        }

        @Override
        ColumnVector cells(ColumnBatch batch, int[] places, int count) {
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
    static final class Coalesce extends PackedExpression {
        private final ColumnExpression[] operands;

        Coalesce(ColumnExpression[] operands) {
            super(operands[0]);
            this.operands = operands;
        }

        @Override
        @Nullable
        Lane lane(Lanes rows) {
            // nothing in a lane is NULL
            return operands[0].lane(rows);
        }

        @Override
        ColumnVector cells(ColumnBatch batch, int[] places, int count) {
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
