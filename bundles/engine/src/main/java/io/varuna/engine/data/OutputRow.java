package io.varuna.engine.data;

import io.varuna.api.data.Missing;
import io.varuna.api.data.Row;
import io.varuna.api.data.Schema;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A row of a result. Immutable, apart from nested values, which nobody changes. */
public final class OutputRow implements Row {
    private final Schema schema;
    private final @Nullable Object[] values;
    private final long time;

    /** Creates a row; {@link Missing} stands for a column that it does not have. */
    public OutputRow(Schema schema, @Nullable Object[] values, long time) {
        this.schema = schema;
        this.values = values;
        this.time = time;
    }

    @Override
    public Schema schema() {
        return schema;
    }

    @Override
    public @Nullable Object get(int column) {
        Object value = values[column];
        return value == Missing.VALUE ? null : value;
    }

    @Override
    public boolean isPresent(int column) {
        return values[column] != Missing.VALUE;
    }

    @Override
    public Instant timestamp() {
        return Instant.ofEpochMilli(time);
    }

    public long time() {
        return time;
    }

    @Override
    public Row copy() {
        return this;
    }

    @Override
    @SuppressWarnings("NullAway") // it does not see annotations within types of other bundles
    public Map<String, @Nullable Object> toMap() {
        return Row.super.toMap();
    }

    /** Returns the same row with the columns of another schema; what it does not have is missing. */
    @SuppressWarnings("ReferenceEquality") // a short cut: most rows share one schema
    public OutputRow as(Schema other) {
        if (other == schema) {
            return this;
        }
        @Nullable Object[] moved = new @Nullable Object[other.size()];
        for (int i = 0; i < moved.length; i++) {
            int from = schema.indexOf(other.columns().get(i).name());
            moved[i] = from < 0 ? Missing.VALUE : values[from];
        }
        return new OutputRow(other, moved, time);
    }

    @Override
    public String toString() {
        return toMap().toString();
    }
}
