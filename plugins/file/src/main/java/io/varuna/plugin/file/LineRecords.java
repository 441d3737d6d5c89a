package io.varuna.plugin.file;

import io.varuna.api.source.Position;
import io.varuna.api.source.SourceOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Every line is a record for the stream's format. */
final class LineRecords implements FileRecords {
    private final LineReader lines;
    private LineReader.Line current = new LineReader.Line(new byte[0], 0);

    LineRecords(LineReader lines) {
        this.lines = lines;
    }

    @Override
    public boolean next() throws IOException {
        LineReader.Line line = lines.next();
        if (line == null) {
            return false;
        }
        current = line;
        return true;
    }

    @Override
    public long offset() {
        return current.end();
    }

    @Override
    public boolean emit(SourceOutput out, Map<String, @Nullable Object> metadata, Position position)
            throws InterruptedException {
        out.emit(ByteBuffer.wrap(current.text()), metadata, position);
        return true;
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
