package io.varuna.engine.vector;

import io.varuna.engine.data.ColumnBatch;
import io.varuna.engine.data.ColumnVector;
import org.jspecify.annotations.Nullable;

/**
 * Comparisons of numbers with constants, the most frequent conditions by far. No branch depends on how the numbers compare, or
 * which kind they are.
 */
final class InRange extends PackedExpression {
    private final ColumnExpression operand;
    private final Range wholes;
    private final Range fractions;
    private final ColumnVector constant;
    private final PackedExpression general;

    /**
     * Creates a comparison.
     *
     * @param wholes which whole numbers to accept
     * @param fractions which doubles to accept
     * @param constant what is compared with, the first of two
     * @param general does the same for values of any kind
     */
    InRange(ColumnExpression operand, Range wholes, Range fractions, ColumnVector constant, PackedExpression general) {
        super(operand);
        this.operand = operand;
        this.wholes = wholes;
        this.fractions = fractions;
        this.constant = constant;
        this.general = general;
    }

    @Override
    ColumnVector cells(ColumnBatch batch, int[] places, int count) {
        return general.cells(batch, places, count);
    }

    @Override
    @Nullable
    Lane lane(Lanes rows) {
        Lane given = operand.lane(rows);
        if (given == null || !given.isNumber()) {
            return null;
        }
        int count = rows.count();
        Lane result = rows.result(given);
        if (given.kind() == Lane.Kind.WHOLE) {
            test(given.wholes(count), wholes, result.truths(count), count);
        } else {
            test(given.fractions(count), fractions, result.truths(count), count);
        }
        return result.as(Lane.Kind.TRUTH);
    }

    private static void test(long[] values, Range range, byte[] truths, int count) {
        for (int i = 0; i < count; i++) {
            truths[i] = (byte) range.has(values[i]);
        }
    }

    private static void test(double[] values, Range range, byte[] truths, int count) {
        for (int i = 0; i < count; i++) {
            truths[i] = (byte) range.has(Double.doubleToLongBits(values[i]));
        }
    }

    @Override
    void select(ColumnBatch batch, int[] places, int count, Selection selected) {
        if (operand instanceof Leaves.Reference) {
            ColumnVector values = operand.values(batch, places, count);
            if (Comparisons.selectByIndex(general, values, constant, batch, count, selected)) {
                return;
            }
            byte tag = count == 0 ? ColumnVector.NULL : values.tag(places[0]);
            if (Numbers.isNumber(tag) && Lanes.isAll(values, tag, batch.rows(), places, count)) {
                Range range = tag == ColumnVector.LONG ? wholes : fractions;
                if (count == batch.rows()) {
                    long[] marks = selected.marks();
                    range.mark(values.bits(), marks, count);
                    selected.addMarked(marks);
                } else {
                    selectAlike(values.bits(), range, places, count, selected);
                }
                return;
            }
        } else if (selectPacked(batch, places, count, selected)) {
            return;
        }
        selectEach(operand.values(batch, places, count), places, count, selected);
    }

    /** Selects among numbers of one kind, where they are. */
    private static void selectAlike(long[] bits, Range range, int[] places, int count, Selection selected) {
        int[] kept = selected.rows();
        int size = selected.size();
        for (int i = 0; i < count; i++) {
            int row = places[i];
            kept[size] = row;
            size += range.has(bits[row]);
        }
        selected.size(size);
    }

    /** Selects among numbers of both kinds, and others. */
    private void selectEach(ColumnVector values, int[] places, int count, Selection selected) {
        byte[] tags = values.tags();
        long[] bits = values.bits();
        int[] kept = selected.rows();
        int size = selected.size();
        for (int i = 0; i < count; i++) {
            int row = places[i];
            byte tag = tags[row];
            long cell = bits[row];
            if (Numbers.isExact(tag, cell)) {
                kept[size] = row;
                size += fractions.has(Numbers.doubleBits(tag, cell));
            } else if (tag == ColumnVector.LONG) {
                kept[size] = row;
                size += wholes.has(cell);
            } else if (!isNull(tag)) {
                selected.undecided(row);
            }
        }
        selected.size(size);
    }
}
