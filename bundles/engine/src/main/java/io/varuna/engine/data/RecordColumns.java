package io.varuna.engine.data;

import io.varuna.api.codec.ColumnOutput;
import io.varuna.api.codec.LateReader;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The records of a batch, put into columns one after the other. One thread at a time. */
public final class RecordColumns implements ColumnOutput {
    private final Scratch scratch;
    private final ColumnBatch batch;
    private ColumnVector[] columns = new ColumnVector[0];
    private long[] times;
    private @Nullable Object[] metadata;
    private @Nullable Consumer<RecordColumns> check;
    private int size;
    private long now;
    private @Nullable Object about = Map.of();

    /** Creates columns for batches of usually so many records. */
    public RecordColumns(int capacity) {
        this.scratch = new Scratch(capacity);
        this.batch = new ColumnBatch(scratch);
        this.times = new long[capacity];
        this.metadata = new @Nullable Object[capacity];
    }

    /**
     * Begins with records of another layout; there are none yet.
     *
     * @param ofEach looks at each record before it ends, as the row after the last one, and throws if it is not to be; null if
     *     there is nothing to look at
     */
    public void begin(int width, @Nullable Consumer<RecordColumns> ofEach) {
        check = ofEach;
        if (columns.length != width) {
            columns = new ColumnVector[width];
            for (int i = 0; i < width; i++) {
                columns[i] = new ColumnVector(times.length);
            }
        }
    }

    /** Returns where the values of a column go. */
    public ColumnVector column(int index) {
        return columns[index];
    }

    public int size() {
        return size;
    }

    public boolean isEmpty() {
        return size == 0;
    }

    /** Tells when the next records arrived, and what the source tells about them. */
    public void arrival(long time, Map<String, @Nullable Object> metadataOfRecords) {
        now = time;
        about = metadataOfRecords;
    }

    /** The same with what another batch has of a record. */
    public void arrival(long time, @Nullable Object tag) {
        now = time;
        about = tag;
    }

    /** Adds a record. */
    public void add(@Nullable Object[] values) {
        for (int i = 0; i < columns.length; i++) {
            columns[i].put(size, values[i]);
        }
        endRecord();
    }

    @Override
    public void putLong(int column, long value) {
        columns[column].putLong(size, value);
    }

    @Override
    public void putDouble(int column, double value) {
        columns[column].putDouble(size, value);
    }

    @Override
    public void putBoolean(int column, boolean value) {
        columns[column].putBoolean(size, value);
    }

    @Override
    public void putText(int column, byte[] utf8, int offset, int length) {
        columns[column].putText(size, utf8, offset, length);
    }

    @Override
    public void putNull(int column) {
        columns[column].putNull(size);
    }

    @Override
    public void putObject(int column, Object value) {
        columns[column].put(size, value);
    }

    @Override
    public void putLate(int column, byte[] bytes, int offset, int length, LateReader reader) {
        columns[column].putLate(size, bytes, offset, length, reader);
    }

    @Override
    public void endRecord() {
        if (check != null) {
            check.accept(this);
        }
        times[size] = now;
        metadata[size] = about;
        size++;
        if (size == times.length) {
            times = Arrays.copyOf(times, 2 * size);
            metadata = Arrays.copyOf(metadata, 2 * size);
            for (ColumnVector column : columns) {
                column.ensure(2 * size);
            }
        }
    }

    /** Forgets the records from an index on, and what was put of the next one. */
    public void truncate(int length) {
        for (ColumnVector column : columns) {
            column.truncate(length, size + 1);
        }
        Arrays.fill(metadata, length, size, null);
        size = length;
    }

    /** Returns the records; valid until the next one comes. */
    public ColumnBatch batch() {
        return batch.show(columns, times, metadata, size);
    }

    /** Takes back what was computed of the batch. */
    public void release() {
        scratch.release();
    }
}
