package io.varuna.plugin.file;

import io.varuna.api.source.Payloads;
import io.varuna.api.source.Position;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** Lines of a file that go to the rules together; positions are made where they are asked for. */
final class LinePayloads implements Payloads {
    private final List<LineReader.Line> lines;
    private final Map<String, @Nullable Object> metadata;
    private final LongFunction<Position> positions;

    /**
     * Creates the payloads.
     *
     * @param positions makes the position of a place in the file
     */
    LinePayloads(
            List<LineReader.Line> lines, Map<String, @Nullable Object> metadata, LongFunction<Position> positions) {
        this.lines = lines;
        this.metadata = metadata;
        this.positions = positions;
    }

    @Override
    public int size() {
        return lines.size();
    }

    @Override
    public ByteBuffer payload(int index) {
        return ByteBuffer.wrap(lines.get(index).text());
    }

    @Override
    public Map<String, @Nullable Object> metadata(int index) {
        return metadata;
    }

    @Override
    public Position position(int index) {
        return positions.apply(lines.get(index).end());
    }
}
