package io.varuna.engine.sink;

import io.varuna.api.codec.ByteOutput;
import io.varuna.api.codec.ColumnEncoder;
import io.varuna.api.data.Row;
import io.varuna.api.sink.Message;
import io.varuna.engine.data.OutputColumns;
import io.varuna.engine.template.Template;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Messages of one row each, or one of all rows, encoded one after the other into one array. Array and messages are used again for the next batch
 * of the sink, so that a message costs no object.
 */
final class EncodedMessages extends AbstractList<Message> implements RandomAccess {
    private static final int FIRST_BYTES = 64;

    private final ByteOutput bytes = new ByteOutput(FIRST_BYTES);
    private Encoded[] messages = {};
    private int size;
    private boolean one;
    private Supplier<List<Row>> rows = List::of;
    private @Nullable ByteBuffer view;

    /** Encodes all rows as one message in place of those before; {@code rowsToo} makes them for those who ask. */
    void encodeOne(OutputColumns columns, ColumnEncoder encoder, Supplier<List<Row>> rowsToo) throws Exception {
        begin(1, rowsToo);
        one = true;
        encoder.encodeAll(columns.cursor().beforeAll(), bytes);
        messages[0].from = 0;
        messages[0].length = bytes.size();
        size = 1;
    }

    /** Encodes rows in place of those before; {@code rowsToo} makes them for those who ask. */
    void encode(OutputColumns columns, ColumnEncoder encoder, boolean single, Supplier<List<Row>> rowsToo)
            throws Exception {
        begin(columns.size(), rowsToo);
        OutputColumns.Cursor cursor = columns.cursor();
        for (int i = 0; i < columns.size(); i++) {
            int from = bytes.size();
            if (single) {
                encoder.encode(cursor.at(i), bytes);
            } else {
                encoder.encodeAll(cursor.before(i), bytes);
            }
            messages[i].from = from;
            messages[i].length = bytes.size() - from;
        }
        size = columns.size();
    }

    private void begin(int count, Supplier<List<Row>> rowsToo) {
        bytes.size(0);
        view = null;
        rows = rowsToo;
        one = false;
        size = 0;
        ensure(count);
    }

    private void ensure(int count) {
        int there = messages.length;
        if (there < count) {
            messages = Arrays.copyOf(messages, Math.max(count, 2 * there));
            for (int i = there; i < messages.length; i++) {
                messages[i] = new Encoded(i);
            }
        }
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public Message get(int index) {
        return messages[Objects.checkIndex(index, size)];
    }

    /** One of the messages. */
    private final class Encoded implements Message {
        private final int index;
        private int from;
        private int length;

        Encoded(int index) {
            this.index = index;
        }

        @Override
        public ByteBuffer payload() {
            ByteBuffer all = view;
            if (all == null) {
                all = ByteBuffer.wrap(bytes.array(), 0, bytes.size()).asReadOnlyBuffer();
                view = all;
            }
            return all.slice(from, length);
        }

        @Override
        public int size() {
            return length;
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            out.write(bytes.array(), from, length);
        }

        @Override
        public List<Row> rows() {
            return one ? rows.get() : new OneRow(rows, index);
        }

        @Override
        public String fill(String template) {
            return template.contains("{{")
                    ? Template.of(template).fill(rows.get().get(index).toMap())
                    : template;
        }
    }

    /** One of the rows, which are made when it is looked at: many sinks ask only how many there are. */
    private static final class OneRow extends AbstractList<Row> implements RandomAccess {
        private final Supplier<List<Row>> rows;
        private final int place;

        OneRow(Supplier<List<Row>> rows, int place) {
            this.rows = rows;
            this.place = place;
        }

        @Override
        public int size() {
            return 1;
        }

        @Override
        public Row get(int index) {
            return rows.get().get(place + Objects.checkIndex(index, 1));
        }
    }
}
