package io.varuna.engine.vector;

import io.varuna.engine.data.ColumnBatch;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The rows of a batch whose evaluation failed, reported in order. */
final class RowFailures {
    private @Nullable TreeMap<Integer, Throwable> causes;

    void add(int row, Throwable cause) {
        if (causes == null) {
            causes = new TreeMap<>();
        }
        causes.put(row, cause);
    }

    /** Leaves the rows that failed out of those that are selected. */
    void leaveOut(ColumnBatch batch) {
        TreeMap<Integer, Throwable> failed = causes;
        if (failed == null) {
            return;
        }
        int[] places = batch.selection();
        int kept = 0;
        for (int i = 0; i < batch.size(); i++) {
            if (!failed.containsKey(places[i])) {
                places[kept++] = places[i];
            }
        }
        batch.shrink(kept);
    }

    void report(ColumnBatch batch, BiConsumer<Throwable, @Nullable Object[]> trouble) {
        if (causes != null) {
            causes.forEach((row, cause) -> trouble.accept(cause, batch.row(row)));
        }
    }
}
