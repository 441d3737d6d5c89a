package io.varuna.engine.data;

import io.varuna.api.codec.CellKind;
import io.varuna.api.codec.ColumnRows;
import io.varuna.api.data.Missing;
import io.varuna.api.data.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Results of one row each, as columns: a view of a batch, valid as long as that, or a copy that stays. Immutable; a copy may
 * be read by several threads.
 */
public final class OutputColumns {
    private static final CellKind[] KINDS = {
        CellKind.MISSING,
        CellKind.NULL,
        CellKind.LONG,
        CellKind.DOUBLE,
        CellKind.BOOLEAN,
        CellKind.TEXT,
        CellKind.OBJECT,
        CellKind.OBJECT
    };

    private final Shape shape;
    private final ColumnVector[] columns;
    private final int[] places;
    private final int size;
    private final long[] times;

    /**
     * What the rows look like. Immutable.
     *
     * @param missing for each column, what a row shows where it does not have the column
     * @param nulls for each column, what a row shows for NULL
     */
    public record Shape(Schema schema, List<CellKind> missing, List<CellKind> nulls) {
        public Shape {
            missing = List.copyOf(missing);
            nulls = List.copyOf(nulls);
        }
    }

    private OutputColumns(Shape shape, ColumnVector[] columns, int[] places, int size, long[] times) {
        this.shape = shape;
        this.columns = columns;
        this.places = places;
        this.size = size;
        this.times = times;
    }

    /** Shows the selected rows of a batch. */
    public static OutputColumns of(Shape shape, ColumnVector[] columns, ColumnBatch batch) {
        return new OutputColumns(shape, columns, batch.selection(), batch.size(), batch.times());
    }

    public Schema schema() {
        return shape.schema;
    }

    public int size() {
        return size;
    }

    /** Returns rows that stay valid when the batch does not. */
    OutputColumns copy() {
        return together(List.of(this));
    }

    /** Tells whether rows look like those of other columns. */
    @SuppressWarnings("ReferenceEquality") // an output step has one shape
    boolean isLike(OutputColumns other) {
        return shape == other.shape;
    }

    /** Returns the rows of several columns that look alike, as a copy. */
    static OutputColumns together(List<OutputColumns> parts) {
        int rows = parts.stream().mapToInt(OutputColumns::size).sum();
        Gathered all = new Gathered(parts.get(0).shape, rows);
        parts.forEach(all::add);
        return all.end();
    }

    /** Rows that come in portions and stay valid when those do not. */
    public static final class Gathered {
        private final Shape shape;
        private final ColumnVector[] columns;
        private long[] times;
        private int size;

        /** Begins with no rows; there will be about so many. */
        public Gathered(Shape shape, int capacity) {
            this.shape = shape;
            this.columns = new ColumnVector[shape.schema.size()];
            Arrays.setAll(columns, i -> new ColumnVector(capacity));
            this.times = new long[capacity];
        }

        public int size() {
            return size;
        }

        /** Adds rows of the same shape. */
        public Gathered add(OutputColumns rows) {
            int end = size + rows.size;
            if (end > times.length) {
                times = Arrays.copyOf(times, Math.max(2 * times.length, end));
            }
            for (int c = 0; c < columns.length; c++) {
                columns[c].ensure(end);
                columns[c].copy(size, rows.columns[c], rows.places, rows.size);
            }
            for (int i = 0; i < rows.size; i++) {
                times[size + i] = rows.times[rows.places[i]];
            }
            size = end;
            return this;
        }

        /** Returns all rows; there must come no more. */
        public OutputColumns end() {
            int[] all = new int[size];
            Arrays.setAll(all, i -> i);
            return new OutputColumns(shape, columns, all, size, times);
        }
    }

    /** Makes all rows; one thread at a time. */
    List<OutputRow> rows() {
        List<OutputRow> rows = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            rows.add(row(i));
        }
        return Collections.unmodifiableList(rows);
    }

    private OutputRow row(int index) {
        int place = places[index];
        @Nullable Object[] values = new @Nullable Object[columns.length];
        for (int c = 0; c < values.length; c++) {
            values[c] = switch (kind(c, place)) {
                case MISSING -> Missing.VALUE;
                case NULL -> null;
                case LONG, DOUBLE, BOOLEAN, TEXT, OBJECT -> columns[c].get(place);
            };
        }
        return new OutputRow(shape.schema, values, times[place]);
    }

    private CellKind kind(int column, int place) {
        byte tag = columns[column].tags()[place];
        if (tag > ColumnVector.NULL) {
            return KINDS[tag];
        }
        return tag == ColumnVector.NULL ? shape.nulls.get(column) : shape.missing.get(column);
    }

    /** Returns a view of one row after the other, for encoders. */
    public Cursor cursor() {
        return new Cursor();
    }

    /** Stands on a row, or before some. */
    public final class Cursor implements ColumnRows {
        private int next;
        private int end;
        private int place;

        /** Moves to a row. */
        public Cursor at(int index) {
            place = places[index];
            next = index + 1;
            end = next;
            return this;
        }

        /** Moves before all rows. */
        public Cursor beforeAll() {
            next = 0;
            end = size;
            return this;
        }

        /** Moves before a row, which is the only one to come. */
        public Cursor before(int index) {
            next = index;
            end = index + 1;
            return this;
        }

        @Override
        public boolean next() {
            if (next == end) {
                return false;
            }
            place = places[next++];
            return true;
        }

        @Override
        public Schema schema() {
            return shape.schema;
        }

        @Override
        public CellKind kind(int column) {
            return OutputColumns.this.kind(column, place);
        }

        @Override
        public long longAt(int column) {
            return columns[column].longAt(place);
        }

        @Override
        public double doubleAt(int column) {
            return columns[column].doubleAt(place);
        }

        @Override
        public boolean booleanAt(int column) {
            return columns[column].booleanAt(place);
        }

        @Override
        public byte[] textAt(int column) {
            return columns[column].text();
        }

        @Override
        public int textOffset(int column) {
            return columns[column].textOffset(place);
        }

        @Override
        public int textLength(int column) {
            return columns[column].textLength(place);
        }

        @Override
        public Object objectAt(int column) {
            return columns[column].object(place);
        }
    }
}
