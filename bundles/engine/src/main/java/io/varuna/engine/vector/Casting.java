package io.varuna.engine.vector;

import io.varuna.engine.data.ColumnBatch;
import io.varuna.engine.data.ColumnVector;
import org.jspecify.annotations.Nullable;

/** CAST of numbers to whole ones or to doubles; other values are converted row by row. */
final class Casting extends PackedExpression {
    private static final double WHOLES_END = 0x1p63;

    private final ColumnExpression operand;
    private final Lane.Kind to;
    private final Leaves.Plain general;

    /** Creates a conversion to one kind of numbers; {@code general} does the same for any values. */
    Casting(ColumnExpression operand, Lane.Kind to, Leaves.Plain general) {
        super(operand);
        this.operand = operand;
        this.to = to;
        this.general = general;
    }

    @Override
    ColumnVector cells(ColumnBatch batch, int[] places, int count) {
        return general.values(batch, places, count);
    }

    @Override
    @Nullable
    Lane lane(Lanes rows) {
        Lane given = operand.lane(rows);
        if (given == null || !given.isNumber()) {
            return null;
        }
        if (given.kind() == to) {
            return given;
        }
        return to == Lane.Kind.WHOLE ? wholes(given, rows) : fractions(given, rows);
    }

    private static Lane fractions(Lane given, Lanes rows) {
        int count = rows.count();
        double[] from = given.fractions(count);
        Lane result = rows.result(given);
        System.arraycopy(from, 0, result.room(count), 0, count);
        return result.as(Lane.Kind.FRACTION);
    }

    private static @Nullable Lane wholes(Lane given, Lanes rows) {
        int count = rows.count();
        double[] from = given.fractions(count);
        Lane result = rows.result(given);
        long[] wholes = result.wholes(count);
        long magnitudes = 0;
        for (int i = 0; i < count; i++) {
            if (!(Math.abs(from[i]) < WHOLES_END)) {
                return null;
            }
            long whole = (long) from[i];
            wholes[i] = whole;
            magnitudes |= Lanes.magnitude(whole);
        }
        return result.wholes(Lanes.bound(magnitudes));
    }
}
