package io.varuna.plugin.file;

import io.varuna.api.source.Position;
import io.varuna.api.source.SourceOutput;
import java.io.IOException;
import java.util.Map;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** Records for the stream's format to decode, where they lie in the file. */
final class PayloadRecords implements FileRecords {
    private final ByteInput input;
    private final Splitter splitter;
    private final Slices slices = new Slices();

    PayloadRecords(ByteInput input, Splitter splitter) {
        this.input = input;
        this.splitter = splitter;
    }

    @Override
    public int next(int most) throws IOException {
        splitter.next(input, most, slices);
        return slices.size();
    }

    @Override
    public void emit(SourceOutput out, Map<String, @Nullable Object> metadata, LongFunction<Position> positions)
            throws InterruptedException {
        out.emit(slices.payloads(metadata, positions));
    }

    @Override
    public void addTo(TableRows table) {
        for (int i = 0; i < slices.size(); i++) {
            table.add(slices.view(i));
        }
    }

    @Override
    public long offset() {
        return slices.offset(slices.size() - 1);
    }

    @Override
    public void close() throws IOException {
        input.close();
    }
}
