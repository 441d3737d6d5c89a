package io.varuna.engine.sink;

import io.varuna.api.codec.ByteOutput;
import io.varuna.api.codec.ColumnEncoder;
import io.varuna.api.data.Row;
import io.varuna.api.sink.Message;
import io.varuna.engine.data.OutputColumns;
import io.varuna.engine.template.Template;
import java.nio.ByteBuffer;
import java.util.AbstractList;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;
import java.util.function.Supplier;

/** Messages of one row each, encoded one after the other into one array. */
final class EncodedMessages extends AbstractList<Message> implements RandomAccess {
    private final ByteBuffer bytes;
    private final int[] ends;
    private final Supplier<List<Row>> rows;

    private EncodedMessages(ByteBuffer bytes, int[] ends, Supplier<List<Row>> rows) {
        this.bytes = bytes;
        this.ends = ends;
        this.rows = rows;
    }

    /** Encodes rows; {@code rows} makes them for those who ask. */
    static List<Message> of(OutputColumns columns, SinkBatch.Encoding how, Supplier<List<Row>> rows) throws Exception {
        ColumnEncoder encoder = (ColumnEncoder) how.encoder();
        ByteOutput out = how.buffer();
        out.size(0);
        OutputColumns.Cursor cursor = columns.cursor();
        int[] ends = new int[columns.size()];
        for (int i = 0; i < ends.length; i++) {
            if (how.single()) {
                encoder.encode(cursor.at(i), out);
            } else {
                encoder.encodeAll(cursor.before(i), out);
            }
            ends[i] = out.size();
        }
        ByteBuffer bytes = ByteBuffer.wrap(out.array(), 0, out.size()).asReadOnlyBuffer();
        return new EncodedMessages(bytes, ends, rows);
    }

    @Override
    public int size() {
        return ends.length;
    }

    @Override
    public Message get(int index) {
        return new Encoded(Objects.checkIndex(index, ends.length));
    }

    /** One of the messages. */
    private final class Encoded implements Message {
        private final int index;

        Encoded(int index) {
            this.index = index;
        }

        @Override
        public ByteBuffer payload() {
            int from = index == 0 ? 0 : ends[index - 1];
            return bytes.slice(from, ends[index] - from);
        }

        @Override
        public List<Row> rows() {
            return List.of(rows.get().get(index));
        }

        @Override
        public String fill(String template) {
            return template.contains("{{")
                    ? Template.of(template).fill(rows().get(0).toMap())
                    : template;
        }
    }
}
