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

    void report(ColumnBatch batch, BiConsumer<Throwable, @Nullable Object[]> trouble) {
        if (causes != null) {
            causes.forEach((row, cause) -> trouble.accept(cause, batch.row(row)));
        }
    }
}
