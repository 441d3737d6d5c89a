package io.varuna.engine.vector;

import io.varuna.engine.data.ColumnBatch;
import io.varuna.engine.data.ColumnVector;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Tests of one value: NOT, and what begins with IS. */
final class Tests extends PackedExpression {
    private static final byte FALSE = 0;
    private static final byte TRUE = 1;
    private static final byte UNKNOWN = 2;
    private static final byte OPEN = 3;

    private final ColumnExpression operand;
    private final byte ofTrue;
    private final byte ofFalse;
    private final byte ofNull;
    private final byte ofOther;

    /** Creates a test by its results for the kinds of operands. */
    private Tests(ColumnExpression operand, byte ofTrue, byte ofFalse, byte ofNull, byte ofOther) {
        super(operand);
        this.operand = operand;
        this.ofTrue = ofTrue;
        this.ofFalse = ofFalse;
        this.ofNull = ofNull;
        this.ofOther = ofOther;
    }

    static ColumnExpression not(ColumnExpression operand, boolean twoValued) {
        return new Tests(operand, FALSE, TRUE, twoValued ? FALSE : UNKNOWN, OPEN);
    }

    static ColumnExpression isNull(ColumnExpression operand, boolean expected) {
        byte yes = expected ? TRUE : FALSE;
        byte no = expected ? FALSE : TRUE;
        return new Tests(operand, no, no, yes, no);
    }

    /** Tests whether a value is one of true and false, or whether it is not. */
    static ColumnExpression is(ColumnExpression operand, boolean wanted, boolean expected) {
        byte yes = expected ? TRUE : FALSE;
        byte no = expected ? FALSE : TRUE;
        return new Tests(operand, wanted ? yes : no, wanted ? no : yes, no, OPEN);
    }

    @Override
    @Nullable
    Lane lane(Lanes rows) {
        Lane given = operand.lane(rows);
        if (given == null || (given.isNumber() && ofOther > TRUE)) {
            return null;
        }
        int count = rows.count();
        Lane result = rows.result(given);
        byte[] truths = result.truths(count);
        if (given.isNumber()) {
            Arrays.fill(truths, 0, count, ofOther);
        } else if (ofTrue == ofFalse) {
            Arrays.fill(truths, 0, count, ofTrue);
        } else {
            byte[] from = given.truths(count);
            for (int i = 0; i < count; i++) {
                truths[i] = (byte) (from[i] ^ ofFalse);
            }
        }
        return result.as(Lane.Kind.TRUTH);
    }

    @Override
    ColumnVector cells(ColumnBatch batch, int[] places, int count) {
        ColumnVector values = operand.values(batch, places, count);
        ColumnVector result = batch.scratch().vector(batch.rows());
        for (int i = 0; i < count; i++) {
            int row = places[i];
            byte outcome = outcome(values.tag(row), values, row);
            if (outcome <= TRUE) {
                result.putBoolean(row, outcome == TRUE);
            } else if (outcome == UNKNOWN) {
                result.putNull(row);
            } else {
                result.putUndecided(row);
            }
        }
        return result;
    }

    private byte outcome(byte tag, ColumnVector values, int row) {
        if (tag == ColumnVector.BOOLEAN) {
            return values.booleanAt(row) ? ofTrue : ofFalse;
        }
        if (isNull(tag)) {
            return ofNull;
        }
        return tag == ColumnVector.UNDECIDED ? OPEN : ofOther;
    }
}
