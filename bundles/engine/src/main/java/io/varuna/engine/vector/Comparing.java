package io.varuna.engine.vector;

import io.varuna.engine.data.ColumnBatch;
import io.varuna.engine.data.ColumnVector;
import io.varuna.plan.Operator;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Compares two values: numbers, texts and, for equality, booleans. */
final class Comparing extends PackedExpression {
    private static final int UNKNOWN = -1;
    private static final int OPEN = -2;

    private final ColumnExpression left;
    private final ColumnExpression right;
    private final boolean equality;
    private final int accepted;
    private final boolean twoValued;

    Comparing(Operator operator, ColumnExpression left, ColumnExpression right, boolean twoValued) {
        super(left, right);
        this.left = left;
        this.right = right;
        this.equality = operator == Operator.EQUAL || operator == Operator.NOT_EQUAL;
        this.accepted = Order.accepted(operator);
        this.twoValued = twoValued;
    }

    @Override
    ColumnVector cells(ColumnBatch batch, int[] places, int count) {
        ColumnVector a = left.operand(batch, places, count);
        ColumnVector b = right.operand(batch, places, count);
        ColumnVector result = batch.scratch().vector(batch.rows());
        int maskA = left.mask();
        int maskB = right.mask();
        for (int i = 0; i < count; i++) {
            int row = places[i];
            int holds = holds(a, row & maskA, b, row & maskB);
            if (holds >= 0) {
                result.putBoolean(row, holds != 0);
            } else if (holds == UNKNOWN && !twoValued) {
                result.putNull(row);
            } else if (holds == UNKNOWN) {
                result.putBoolean(row, false);
            } else {
                result.putUndecided(row);
            }
        }
        return result;
    }

    /** Returns 1 or 0, or a negative number where NULL takes part or an evaluator has to be asked. */
    private int holds(ColumnVector a, int x, ColumnVector b, int y) {
        int order = Order.of(a, x, b, y);
        if (order != Order.UNDECIDED) {
            return Order.holds(accepted, order);
        }
        byte tagA = a.tags()[x];
        byte tagB = b.tags()[y];
        if (tagA == ColumnVector.UNDECIDED || tagB == ColumnVector.UNDECIDED) {
            return OPEN;
        }
        if (isNull(tagA) || isNull(tagB)) {
            return UNKNOWN;
        }
        if (equality && tagA == ColumnVector.BOOLEAN && tagB == ColumnVector.BOOLEAN) {
            return Order.holds(accepted, a.booleanAt(x) == b.booleanAt(y) ? 0 : 1);
        }
        return OPEN;
    }

    @Override
    @Nullable
    Lane lane(Lanes rows) {
        Lane a = left.lane(rows);
        if (a == null) {
            return null;
        }
        Lane b = right.lane(rows);
        if (b == null || a.isNumber() != b.isNumber()) {
            return null;
        }
        int count = rows.count();
        if (!a.isNumber()) {
            return equality ? sameTruth(a, b, rows) : null;
        }
        if (a.kind() == Lane.Kind.WHOLE && b.kind() == Lane.Kind.WHOLE) {
            return compare(a.wholes(count), b.wholes(count), rows, rows.result(a, b));
        }
        return a.isExact() && b.isExact()
                ? compare(a.fractions(count), b.fractions(count), rows, rows.result(a, b))
                : null;
    }

    private Lane sameTruth(Lane a, Lane b, Lanes rows) {
        int count = rows.count();
        byte[] x = a.truths(count);
        byte[] y = b.truths(count);
        int same = Order.holds(accepted, 0);
        Lane result = rows.result(a, b);
        byte[] z = result.truths(count);
        for (int i = 0; i < count; i++) {
            z[i] = (byte) (x[i] ^ y[i] ^ same);
        }
        return result.as(Lane.Kind.TRUTH);
    }

    private Lane compare(long[] x, long[] y, Lanes rows, Lane result) {
        int count = rows.count();
        int accepts = accepted;
        byte[] z = result.truths(count);
        for (int i = 0; i < count; i++) {
            z[i] = (byte) Order.holds(accepts, x[i], y[i]);
        }
        return result.as(Lane.Kind.TRUTH);
    }

    private Lane compare(double[] x, double[] y, Lanes rows, Lane result) {
        int count = rows.count();
        int accepts = accepted;
        byte[] z = result.truths(count);
        for (int i = 0; i < count; i++) {
            z[i] = (byte) Order.holds(accepts, place(x[i]), place(y[i]));
        }
        return result.as(Lane.Kind.TRUTH);
    }

    /** Returns the place of a number among all; adding makes 0.0 of -0.0, which is equal. */
    private static long place(double number) {
        return Order.sortable(Double.doubleToLongBits(number + 0.0));
    }

    /** Selects by an index of the left side, the right one being a constant; selects none and returns false if a loop is better. */
    boolean select(ColumnIndex index, ColumnVector a, ColumnVector constant, Selection selected) {
        byte tag = constant.tag(0);
        if (Numbers.isNumber(tag)) {
            double number = Numbers.asDouble(tag, constant.longAt(0));
            // -0.0 and 0.0 are equal
            long place = number == 0 ? 0 : Order.sortable(Double.doubleToLongBits(number));
            if (index.selectNumbers(accepted, place, selected)) {
                selectOthers(a, constant, index.notNumbers(), selected);
                return true;
            }
        } else if (accepted == Order.accepted(Operator.EQUAL) && index.selectTexts(constant, selected)) {
            selectOthers(a, constant, index.notTexts(), selected);
            return true;
        }
        return false;
    }

    /** Looks at the rows that an index leaves out, after those that it selected. */
    private void selectOthers(ColumnVector a, ColumnVector constant, int[] others, Selection selected) {
        for (int row : others) {
            int holds = holds(a, row, constant, 0);
            if (holds == OPEN) {
                selected.undecided(row);
            } else {
                selected.add(row, Math.max(holds, 0));
            }
        }
        Arrays.sort(selected.rows(), 0, selected.size());
    }
}
