package io.varuna.engine.vector;

import io.varuna.engine.data.ColumnBatch;
import io.varuna.engine.data.ColumnVector;

/** BETWEEN, and IN with constant members. */
final class Membership {
    private Membership() {}

    /** BETWEEN or, where it is not positive, NOT BETWEEN. */
    static final class Between extends PackedExpression {
        private final ColumnExpression[] operands;
        private final boolean positive;
        private final boolean twoValued;

        Between(ColumnExpression[] operands, boolean positive, boolean twoValued) {
            super(operands);
            this.operands = operands;
            this.positive = positive;
            this.twoValued = twoValued;
        }

        @Override
        ColumnVector cells(ColumnBatch batch, int[] places, int count) {
            ColumnVector value = operands[0].operand(batch, places, count);
            ColumnVector low = operands[1].operand(batch, places, count);
            ColumnVector high = operands[2].operand(batch, places, count);
            ColumnVector result = batch.scratch().vector(batch.rows());
            for (int i = 0; i < count; i++) {
                int row = places[i];
                int at = row & operands[0].mask();
                int lowAt = row & operands[1].mask();
                int highAt = row & operands[2].mask();
                int first = Order.of(value, at, low, lowAt);
                int second = Order.of(value, at, high, highAt);
                if (first == Order.UNDECIDED || second == Order.UNDECIDED) {
                    undecided(row, value.tag(at), low.tag(lowAt), high.tag(highAt), result);
                } else {
                    result.putBoolean(row, (first >= 0 && second <= 0) == positive);
                }
            }
            return result;
        }

        private void undecided(int row, byte value, byte low, byte high, ColumnVector result) {
            boolean open =
                    value == ColumnVector.UNDECIDED || low == ColumnVector.UNDECIDED || high == ColumnVector.UNDECIDED;
            if (twoValued && !open && (isNull(value) || isNull(low) || isNull(high))) {
                result.putBoolean(row, false);
            } else {
                result.putUndecided(row);
            }
        }
    }

    /** IN or, where it is not positive, NOT IN; no member is NULL. */
    static final class In extends ColumnExpression {
        private final ColumnExpression operand;
        private final ColumnVector[] members;
        private final boolean positive;
        private final boolean twoValued;

        In(ColumnExpression operand, ColumnVector[] members, boolean positive, boolean twoValued) {
            this.operand = operand;
            this.members = members;
            this.positive = positive;
            this.twoValued = twoValued;
        }

        @Override
        ColumnVector values(ColumnBatch batch, int[] places, int count) {
            ColumnVector values = operand.values(batch, places, count);
            ColumnVector result = batch.scratch().vector(batch.rows());
            for (int i = 0; i < count; i++) {
                int row = places[i];
                byte tag = values.tag(row);
                if (!isNull(tag)) {
                    search(values, row, result);
                } else if (twoValued) {
                    result.putBoolean(row, false);
                } else {
                    result.putNull(row);
                }
            }
            return result;
        }

        private void search(ColumnVector values, int row, ColumnVector result) {
            for (ColumnVector member : members) {
                int order = order(values, row, member);
                if (order == Order.UNDECIDED) {
                    result.putUndecided(row);
                    return;
                }
                if (order == 0) {
                    result.putBoolean(row, positive);
                    return;
                }
            }
            result.putBoolean(row, !positive);
        }

        private static int order(ColumnVector values, int row, ColumnVector member) {
            if (values.tag(row) == ColumnVector.TEXT && member.tag(0) == ColumnVector.TEXT) {
                return Order.sameText(values, row, member, 0) ? 0 : 1;
            }
            return Order.of(values, row, member, 0);
        }
    }
}
