package io.varuna.engine.vector;

import io.varuna.engine.data.ColumnBatch;
import io.varuna.engine.data.ColumnVector;
import io.varuna.plan.Operator;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Compares two values: numbers, texts and, for equality, booleans. */
final class Comparing extends ColumnExpression {
    private static final int UNKNOWN = -1;
    private static final int OPEN = -2;

    private final ColumnExpression left;
    private final ColumnExpression right;
    private final boolean equality;
    private final int accepted;
    private final boolean twoValued;

    Comparing(Operator operator, ColumnExpression left, ColumnExpression right, boolean twoValued) {
        this.left = left;
        this.right = right;
        this.equality = operator == Operator.EQUAL || operator == Operator.NOT_EQUAL;
        this.accepted = Order.accepted(operator);
        this.twoValued = twoValued;
    }

    @Override
    ColumnVector values(ColumnBatch batch, int[] places, int count) {
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
    void select(ColumnBatch batch, int[] places, int count, Selection selected) {
        ColumnVector constant = right.constant();
        if (constant != null && left.constant() == null) {
            ColumnVector a = left.values(batch, places, count);
            byte tag = constant.tag(0);
            ColumnIndex index =
                    left instanceof Leaves.Reference && count == batch.rows() ? ColumnIndex.of(a, count) : null;
            if (tag == ColumnVector.LONG || tag == ColumnVector.DOUBLE) {
                selectByNumber(a, constant, index, places, count, selected);
                return;
            }
            if (tag == ColumnVector.TEXT && equality) {
                selectByText(a, constant, index, places, count, selected);
                return;
            }
            selectEach(a, constant, places, count, selected, -1, 0);
            return;
        }
        selectEach(
                left.operand(batch, places, count),
                right.operand(batch, places, count),
                places,
                count,
                selected,
                left.mask(),
                right.mask());
    }

    private void selectEach(
            ColumnVector a, ColumnVector b, int[] places, int count, Selection selected, int maskA, int maskB) {
        for (int i = 0; i < count; i++) {
            int row = places[i];
            add(row, holds(a, row & maskA, b, row & maskB), selected);
        }
    }

    private static void add(int row, int holds, Selection selected) {
        if (holds == OPEN) {
            selected.undecided(row);
        } else {
            selected.add(row, Math.max(holds, 0));
        }
    }

    /** The most frequent comparison by far: no branch of it depends on how the numbers compare, or which kind they are. */
    private void selectByNumber(
            ColumnVector a,
            ColumnVector constant,
            @Nullable ColumnIndex index,
            int[] places,
            int count,
            Selection selected) {
        boolean whole = constant.tag(0) == ColumnVector.LONG;
        double fraction = whole ? (double) constant.longAt(0) : constant.doubleAt(0);
        if (Double.isNaN(fraction) || (whole && Math.abs(constant.longAt(0)) > Numbers.EXACT)) {
            selectEach(a, constant, places, count, selected, -1, 0);
            return;
        }
        byte[] tags = a.tags();
        long[] bits = a.bits();
        int accepts = accepted;
        boolean zero = fraction == 0;
        long number = zero ? 0 : Order.sortable(Double.doubleToRawLongBits(fraction));
        if (index != null && index.selectNumbers(accepts, number, selected)) {
            selectOthers(a, constant, index.notNumbers(), selected);
            return;
        }
        int[] kept = selected.rows();
        int size = selected.size();
        for (int i = 0; i < count; i++) {
            int row = places[i];
            byte tag = tags[row];
            long cell = bits[row];
            if (Numbers.isExact(tag, cell)) {
                long given = Numbers.doubleBits(tag, cell);
                long order = zero && given == Long.MIN_VALUE ? 0 : Order.sortable(given);
                kept[size] = row;
                size += Order.holds(accepts, order, number);
            } else {
                int holds = holds(a, row, constant, 0);
                if (holds == OPEN) {
                    selected.undecided(row);
                } else if (holds > 0) {
                    kept[size++] = row;
                }
            }
        }
        selected.size(size);
    }

    /** Looks at the rows that an index leaves out, after those that it selected. */
    private void selectOthers(ColumnVector a, ColumnVector constant, int[] others, Selection selected) {
        for (int row : others) {
            add(row, holds(a, row, constant, 0), selected);
        }
        Arrays.sort(selected.rows(), 0, selected.size());
    }

    private void selectByText(
            ColumnVector a,
            ColumnVector constant,
            @Nullable ColumnIndex index,
            int[] places,
            int count,
            Selection selected) {
        if (index != null && accepted == Order.accepted(Operator.EQUAL) && index.selectTexts(constant, selected)) {
            selectOthers(a, constant, index.notTexts(), selected);
            return;
        }
        byte[] tags = a.tags();
        long[] bits = a.bits();
        byte[] text = a.text();
        int same = Order.holds(accepted, 0);
        ShortText key = new ShortText(constant);
        int[] kept = selected.rows();
        int size = selected.size();
        for (int i = 0; i < count; i++) {
            int row = places[i];
            if (tags[row] == ColumnVector.TEXT) {
                int differs = key.differs(text, bits[row]);
                if (key.isPart() && differs == 0) {
                    differs = Order.sameText(a, row, constant, 0) ? 0 : 1;
                }
                kept[size] = row;
                size += same ^ differs;
            } else {
                int holds = holds(a, row, constant, 0);
                if (holds == OPEN) {
                    selected.undecided(row);
                } else if (holds > 0) {
                    kept[size++] = row;
                }
            }
        }
        selected.size(size);
    }
}
