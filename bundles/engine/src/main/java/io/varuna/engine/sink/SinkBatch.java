package io.varuna.engine.sink;

import io.varuna.api.codec.ColumnEncoder;
import io.varuna.api.codec.Encoder;
import io.varuna.api.data.Column;
import io.varuna.api.data.Row;
import io.varuna.api.data.Schema;
import io.varuna.api.sink.Batch;
import io.varuna.api.sink.Message;
import io.varuna.engine.data.OutputColumns;
import io.varuna.engine.data.OutputRow;
import io.varuna.engine.data.Results;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Results as a sink sees them. */
final class SinkBatch implements Batch {
    private static final int MOST_KEPT = 4_096;

    private final Results results;
    private final Encoding encoding;
    private final Schema schema;
    private @Nullable List<Row> rows;
    private @Nullable List<Message> messages;

    /**
     * How messages are made.
     *
     * @param single whether each row is a message of its own
     * @param template what the text of a message is made by; null for the format
     * @param messages where rows of columns are encoded; used again for the next batch
     */
    record Encoding(
            Encoder encoder,
            boolean single,
            @Nullable MessageTemplate template,
            Compression compression,
            EncodedMessages messages) {
        /** Returns what encodes rows of columns as they are; null if nothing does. */
        @Nullable
        ColumnEncoder ofColumns() {
            boolean plain = template == null && compression == Compression.NONE;
            return plain && encoder instanceof ColumnEncoder columns ? columns : null;
        }
    }

    SinkBatch(Results results, Encoding encoding) {
        this.results = results;
        this.encoding = encoding;
        OutputColumns columns = results.columns();
        this.schema = columns == null ? union(results.rows()) : columns.schema();
    }

    @SuppressWarnings("ReferenceEquality") // a short cut: most rows share one schema
    private static Schema union(List<OutputRow> rows) {
        if (rows.isEmpty()) {
            // the result of a window without rows
            return new Schema(List.of());
        }
        Schema first = rows.get(0).schema();
        Map<String, Column> columns = null;
        for (OutputRow row : rows) {
            if (row.schema() != first) {
                if (columns == null) {
                    columns = new LinkedHashMap<>();
                    add(first, columns);
                }
                add(row.schema(), columns);
            }
        }
        return columns == null || columns.size() == first.size() ? first : new Schema(List.copyOf(columns.values()));
    }

    private static void add(Schema schema, Map<String, Column> columns) {
        schema.columns().forEach(column -> columns.putIfAbsent(column.name(), column));
    }

    @Override
    public Schema schema() {
        return schema;
    }

    @Override
    public int size() {
        return results.size();
    }

    @Override
    public Row row(int index) {
        return rows().get(index);
    }

    @Override
    public Iterator<Row> iterator() {
        return rows().iterator();
    }

    private List<Row> rows() {
        if (rows == null) {
            rows = results.rows().stream().map(row -> (Row) row.as(schema)).toList();
        }
        return rows;
    }

    @Override
    public List<Message> messages() throws Exception {
        OutputColumns columns = results.columns();
        ColumnEncoder ofColumns = encoding.ofColumns();
        if (messages == null && columns != null && ofColumns != null) {
            messages = encoded(columns, ofColumns);
        }
        if (messages == null) {
            List<Message> encoded = new ArrayList<>();
            for (List<OutputRow> result : results.results()) {
                if (encoding.single) {
                    for (OutputRow row : result) {
                        encoded.add(message(List.of(row)));
                    }
                } else {
                    encoded.add(message(result));
                }
            }
            messages = Collections.unmodifiableList(encoded);
        }
        return messages;
    }

    private List<Message> encoded(OutputColumns columns, ColumnEncoder encoder) throws Exception {
        // the room for many rows is not kept
        EncodedMessages room = columns.size() > MOST_KEPT ? new EncodedMessages() : encoding.messages;
        if (results.together() && !encoding.single) {
            room.encodeOne(columns, encoder, this::rows);
        } else {
            room.encode(columns, encoder, encoding.single, this::rows);
        }
        return room;
    }

    private Message message(List<OutputRow> result) throws Exception {
        List<Row> given = List.copyOf(result);
        ByteArrayOutputStream out = new ByteArrayOutputStream(256);
        if (encoding.template != null) {
            out.writeBytes(encoding.template.text(result).getBytes(StandardCharsets.UTF_8));
        } else if (encoding.single) {
            encoding.encoder.encode(given.get(0), out);
        } else {
            encoding.encoder.encode(given, out);
        }
        return new SinkMessage(encoding.compression.compress(out.toByteArray()), given);
    }
}
