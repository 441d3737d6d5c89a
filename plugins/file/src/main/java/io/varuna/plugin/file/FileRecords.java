package io.varuna.plugin.file;

import io.varuna.api.source.Position;
import io.varuna.api.source.SourceOutput;
import java.io.Closeable;
import java.io.IOException;
import java.util.Map;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** The records of an open file, some after the others. */
interface FileRecords extends Closeable {
    /** Reads the next records; returns how many there are, none at the end of the file.
     *
     * @param most how many at most
     * @throws io.varuna.api.error.VarunaException MALFORMED_RECORD if the rest of the file cannot be read
     */
    int next(int most) throws IOException;

    /**
     * Emits those records, or rejects those that are malformed by themselves.
     *
     * @param positions makes the position of an offset
     */
    void emit(SourceOutput out, Map<String, @Nullable Object> metadata, LongFunction<Position> positions)
            throws InterruptedException;

    /**
     * Adds those records to a table.
     *
     * @throws io.varuna.api.error.VarunaException if one is malformed
     */
    void addTo(TableRows table);

    /** Returns where to read on after the last record that was emitted. */
    long offset();
}
