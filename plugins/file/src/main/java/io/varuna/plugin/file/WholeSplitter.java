package io.varuna.plugin.file;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import java.io.IOException;

/** The file is one record, such as an image. */
final class WholeSplitter implements Splitter {
    private static final int LARGEST = 64 << 20;

    @Override
    public void next(ByteInput input, int most, Slices into) throws IOException {
        into.clear();
        while (input.more()) {
            if (input.size() > LARGEST) {
                throw new VarunaException(
                        StandardError.MALFORMED_RECORD, "The file has more than " + LARGEST + " bytes");
            }
        }
        int size = input.size();
        if (size > 0) {
            into.add(0, size, size);
            into.take(1, input);
        }
    }
}
