package io.varuna.plugin.file;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.api.source.Position;
import io.varuna.api.source.SourceOutput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The file is one record, such as an image. */
final class WholeFile implements FileRecords {
    private static final int LARGEST = 64 << 20;

    private final ByteInput input;
    private byte[] content = {};

    WholeFile(ByteInput input) {
        this.input = input;
    }

    @Override
    public boolean next() throws IOException {
        if (input.peek() < 0) {
            return false;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int c = input.read(); c >= 0; c = input.read()) {
            bytes.write(c);
            if (bytes.size() > LARGEST) {
                throw new VarunaException(
                        StandardError.MALFORMED_RECORD, "The file has more than " + LARGEST + " bytes");
            }
        }
        content = bytes.toByteArray();
        return true;
    }

    @Override
    public long offset() {
        return input.offset();
    }

    @Override
    public boolean emit(SourceOutput out, Map<String, @Nullable Object> metadata, Position position)
            throws InterruptedException {
        out.emit(ByteBuffer.wrap(content), metadata, position);
        return true;
    }

    @Override
    public void close() throws IOException {
        input.close();
    }
}
