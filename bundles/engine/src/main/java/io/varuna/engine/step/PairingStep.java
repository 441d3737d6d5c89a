package io.varuna.engine.step;

import io.varuna.engine.data.RowBatch;
import io.varuna.engine.expression.Evaluator;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Joins each row with others that are found for it. A row for which that fails has no pair. */
abstract class PairingStep extends Step {
    private final int columns;
    private final @Nullable Evaluator residual;
    private final RowBatch pairs = new RowBatch();

    /**
     * Creates the step.
     *
     * @param columns how many columns the other rows add
     * @param residual what else must be true of a pair; null if nothing
     */
    PairingStep(StepSetting setting, int columns, @Nullable Evaluator residual) {
        super(setting);
        this.columns = columns;
        this.residual = residual;
    }

    /** Finds the other rows, and offers each pair. */
    abstract void pair(@Nullable Object[] row, long time) throws Exception;

    /** Returns a row with room for the columns of another one behind it. */
    final @Nullable Object[] widened(@Nullable Object[] row) {
        return Arrays.copyOf(row, row.length + columns);
    }

    /** Takes a pair, unless it is not to be. */
    final void offer(@Nullable Object[] pair, long time) throws Exception {
        if (residual == null || residual.holds(pair, time)) {
            take(pair, time);
        }
    }

    /** Takes a row that need not be asked for anything else. */
    final void take(@Nullable Object[] pair, long time) {
        pairs.add(pair, time);
    }

    /** Returns how many pairs there are so far. */
    final int taken() {
        return pairs.size();
    }

    /** Returns the pairs of all rows, until {@link #forget}. */
    final RowBatch paired(RowBatch batch) {
        for (int i = 0; i < batch.size(); i++) {
            int before = pairs.size();
            try {
                pair(batch.row(i), batch.time(i));
            } catch (Exception | Error e) {
                pairs.truncate(before);
                failed(e, batch.row(i));
            }
        }
        return out(pairs);
    }

    final void forget() {
        pairs.clear();
    }
}
