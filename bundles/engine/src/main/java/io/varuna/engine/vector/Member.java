package io.varuna.engine.vector;

import io.varuna.engine.data.ColumnBatch;
import io.varuna.engine.data.ColumnVector;
import java.util.Map;

/** A member of a struct by its constant name; what is neither struct nor list has none. */
final class Member extends ColumnExpression {
    private final ColumnExpression struct;
    private final String name;

    Member(ColumnExpression struct, String name) {
        this.struct = struct;
        this.name = name;
    }

    @Override
    ColumnVector values(ColumnBatch batch, int[] places, int count) {
        ColumnVector structs = struct.values(batch, places, count);
        ColumnVector result = batch.scratch().vector(batch.rows());
        for (int i = 0; i < count; i++) {
            int row = places[i];
            byte tag = structs.tag(row);
            if (tag < ColumnVector.OBJECT) {
                result.putNull(row);
            } else if (tag == ColumnVector.OBJECT && structs.get(row) instanceof Map<?, ?> map) {
                result.put(row, map.get(name));
            } else {
                result.putUndecided(row);
            }
        }
        return result;
    }
}
