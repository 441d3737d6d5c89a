package io.varuna.plugin.file;

import java.io.IOException;

/** Finds the records in a file. */
interface Splitter {
    /**
     * Takes the next records from a file, at least one unless there are no more, and at most so many.
     *
     * @throws io.varuna.api.error.VarunaException MALFORMED_RECORD if the rest of the file cannot be read
     */
    void next(ByteInput input, int most, Slices into) throws IOException;
}
