package io.varuna.testkit;

import io.varuna.api.data.Row;
import io.varuna.api.data.Schema;
import io.varuna.api.sink.Batch;
import io.varuna.api.sink.Message;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** A batch for tests. {@link #expire} ends its life, as the return of {@code write} does. */
public final class TestBatch implements Batch {
    private final Schema schema;
    private final List<TestRow> rows;
    private final List<Message> messages;

    TestBatch(Schema schema, List<TestRow> rows, MessageEncoder encoder, boolean sendSingle) {
        this.schema = schema;
        this.rows = List.copyOf(rows);
        List<Message> list = new ArrayList<>();
        if (sendSingle) {
            rows.forEach(row -> list.add(new TestMessage(List.of(row), true, encoder)));
        } else {
            list.add(new TestMessage(List.copyOf(rows), false, encoder));
        }
        this.messages = List.copyOf(list);
    }

    @Override
    public Schema schema() {
        return schema;
    }

    @Override
    public int size() {
        return rows.size();
    }

    @Override
    public Row row(int index) {
        return rows.get(index);
    }

    @Override
    public Iterator<Row> iterator() {
        return List.<Row>copyOf(rows).iterator();
    }

    @Override
    public List<Message> messages() {
        return messages;
    }

    /** Makes the rows unreadable. Call it after {@code write}, to find out a sink that keeps rows. */
    public void expire() {
        rows.forEach(TestRow::expire);
    }
}
