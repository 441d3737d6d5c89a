package io.varuna.engine.vector;

import io.varuna.engine.data.ColumnBatch;
import io.varuna.engine.data.ColumnVector;

/** An expression that is computed in lanes where the values are all of one kind, and otherwise cell by cell. */
abstract class PackedExpression extends ColumnExpression {
    private final boolean packs;

    /** Creates an expression; it packs if its operands do. */
    PackedExpression(ColumnExpression... operands) {
        boolean all = true;
        for (ColumnExpression operand : operands) {
            all &= operand.packs();
        }
        this.packs = all;
    }

    @Override
    final boolean packs() {
        return packs;
    }

    @Override
    final ColumnVector values(ColumnBatch batch, int[] places, int count) {
        if (packs && count > 0) {
            Lanes rows = Lanes.of(batch, places, count);
            Lane lane = lane(rows);
            ColumnVector values = lane == null ? null : rows.unpack(lane);
            if (values != null) {
                return values;
            }
        }
        return cells(batch, places, count);
    }

    /** Looks at the tag of each cell. */
    @Override
    abstract ColumnVector cells(ColumnBatch batch, int[] places, int count);

    @Override
    void select(ColumnBatch batch, int[] places, int count, Selection selected) {
        if (!selectPacked(batch, places, count, selected)) {
            selected.addAll(places, count, cells(batch, places, count));
        }
    }

    /** Selects the rows for which this is true, if there is a lane of it. */
    final boolean selectPacked(ColumnBatch batch, int[] places, int count, Selection selected) {
        Lane lane = packs ? lane(Lanes.of(batch, places, count)) : null;
        if (lane == null || lane.kind() != Lane.Kind.TRUTH) {
            return false;
        }
        selected.addAll(places, count, lane.truths(count));
        return true;
    }
}
