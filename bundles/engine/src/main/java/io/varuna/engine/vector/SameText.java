package io.varuna.engine.vector;

import io.varuna.engine.data.ColumnBatch;
import io.varuna.engine.data.ColumnVector;
import org.jspecify.annotations.Nullable;

/** Tells whether texts are the same as a constant one, or whether they are not. */
final class SameText extends PackedExpression {
    private final ColumnExpression operand;
    private final ColumnVector constant;
    private final ShortText key;
    private final int expected;
    private final PackedExpression general;

    /** Creates a comparison; {@code general} does the same for values of any kind. */
    SameText(ColumnExpression operand, ColumnVector constant, boolean expected, PackedExpression general) {
        super(operand);
        this.operand = operand;
        this.constant = constant;
        this.key = new ShortText(constant);
        this.expected = expected ? 1 : 0;
        this.general = general;
    }

    @Override
    ColumnVector cells(ColumnBatch batch, int[] places, int count) {
        return general.cells(batch, places, count);
    }

    @Override
    @Nullable
    Lane lane(Lanes rows) {
        // lanes hold no texts, so only those of a column are compared in them
        if (!(operand instanceof Leaves.Reference column)) {
            return null;
        }
        ColumnVector values = rows.batch().column(column.index());
        int count = rows.count();
        int[] places = rows.places();
        if (!Lanes.isAll(values, ColumnVector.TEXT, rows.batch().rows(), places, count)) {
            return null;
        }
        long[] bits = values.bits();
        byte[] text = values.text();
        Lane result = rows.take();
        byte[] truths = result.truths(count);
        for (int i = 0; i < count; i++) {
            int row = places[i];
            truths[i] = (byte) (expected ^ differs(values, text, bits[row], row));
        }
        return result.as(Lane.Kind.TRUTH);
    }

    @Override
    void select(ColumnBatch batch, int[] places, int count, Selection selected) {
        ColumnVector values = operand.values(batch, places, count);
        if (operand instanceof Leaves.Reference
                && Comparisons.selectByIndex(general, values, constant, batch, count, selected)) {
            return;
        }
        if (!key.isPart() && Lanes.isAll(values, ColumnVector.TEXT, batch.rows(), places, count)) {
            selected.size(key.select(values, places, count, expected, selected.rows(), selected.size()));
            return;
        }
        byte[] tags = values.tags();
        long[] bits = values.bits();
        byte[] text = values.text();
        int same = expected;
        int[] kept = selected.rows();
        int size = selected.size();
        for (int i = 0; i < count; i++) {
            int row = places[i];
            byte tag = tags[row];
            if (tag == ColumnVector.TEXT) {
                kept[size] = row;
                size += same ^ differs(values, text, bits[row], row);
            } else if (tag == ColumnVector.STRING) {
                kept[size] = row;
                size += same ^ (values.string(row).equals(constant.string(0)) ? 0 : 1);
            } else if (!isNull(tag)) {
                selected.undecided(row);
            }
        }
        selected.size(size);
    }

    /** Returns 0 if a text is the constant one, otherwise 1. */
    private int differs(ColumnVector values, byte[] text, long bits, int row) {
        int differs = key.differs(text, bits);
        if (key.isPart() && differs == 0) {
            return Order.sameText(values, row, constant, 0) ? 0 : 1;
        }
        return differs;
    }
}
