package io.varuna.engine.sink;

import io.varuna.api.data.Row;
import io.varuna.api.sink.Message;
import io.varuna.engine.template.Template;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;

/** A message as a sink sees it. */
final class SinkMessage implements Message {
    private final byte[] payload;
    private final List<Row> rows;

    SinkMessage(byte[] payload, List<Row> rows) {
        this.payload = payload;
        this.rows = rows;
    }

    @Override
    public ByteBuffer payload() {
        return ByteBuffer.wrap(payload).asReadOnlyBuffer();
    }

    @Override
    public int size() {
        return payload.length;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        out.write(payload);
    }

    @Override
    public List<Row> rows() {
        return rows;
    }

    @Override
    public String fill(String template) {
        return template.contains("{{")
                ? Template.of(template)
                        .fill(rows.isEmpty() ? Map.of() : rows.get(0).toMap())
                : template;
    }
}
