package io.varuna.testkit;

import io.varuna.api.data.Missing;
import io.varuna.api.data.Row;
import io.varuna.api.data.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A row that stops being readable when its batch is over, so that a sink that keeps one is found out. */
final class TestRow implements Row {
    private final Schema schema;
    private final @Nullable Object[] values;
    private final Instant timestamp;
    private volatile boolean expired;

    TestRow(Schema schema, @Nullable Object[] values, Instant timestamp) {
        if (values.length != schema.size()) {
            throw new IllegalArgumentException(values.length + " values for " + schema);
        }
        this.schema = schema;
        this.values = values.clone();
        this.timestamp = timestamp;
    }

    void expire() {
        expired = true;
    }

    @Override
    public Schema schema() {
        return schema;
    }

    @Override
    public @Nullable Object get(int column) {
        checkLife();
        return values[column] == Missing.VALUE ? null : values[column];
    }

    @Override
    public boolean isPresent(int column) {
        checkLife();
        return values[column] != Missing.VALUE;
    }

    @Override
    public Instant timestamp() {
        checkLife();
        return timestamp;
    }

    @Override
    public Row copy() {
        checkLife();
        return new TestRow(schema, values, timestamp);
    }

    private void checkLife() {
        if (expired) {
            throw new IllegalStateException("The row is read after write() has returned. Keep a copy() instead");
        }
    }

    @Override
    public String toString() {
        return expired ? "expired" : toMap().toString();
    }
}
