package io.varuna.plugin.file;

import io.varuna.api.error.VarunaException;
import io.varuna.api.source.Position;
import io.varuna.api.source.SourceOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Every line is a record for the stream's format. */
final class LineRecords implements FileRecords {
    private final LineReader lines;
    private LineReader.Line current = new LineReader.Line(new byte[0], 0);
    private @Nullable Exception failure;

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

    /** Returns some lines, none at the end. What keeps the next one from being read is thrown when that is asked for. */
    List<LineReader.Line> next(int most) throws IOException {
        if (failure instanceof IOException e) {
            throw e;
        }
        if (failure instanceof VarunaException e) {
            throw e;
        }
        List<LineReader.Line> found = new ArrayList<>(most);
        try {
            while (found.size() < most && next()) {
                found.add(current);
            }
        } catch (IOException | VarunaException e) {
            if (found.isEmpty()) {
                throw e;
            }
            failure = e;
        }
        return found;
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
