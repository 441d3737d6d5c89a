package io.varuna.plugin.file;

import io.varuna.api.source.Position;
import io.varuna.api.source.SourceOutput;
import java.io.Closeable;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The records of an open file, one after the other. */
interface FileRecords extends Closeable {
    /**
     * Moves on to the next record; false at the end.
     *
     * @throws io.varuna.api.error.VarunaException MALFORMED_RECORD if the rest of the file cannot be read
     */
    boolean next() throws IOException;

    /** Returns where to read on after the current record. */
    long offset();

    /** Emits the current record, or rejects it if it is malformed by itself; false then. */
    boolean emit(SourceOutput out, Map<String, @Nullable Object> metadata, Position position)
            throws InterruptedException;
}
