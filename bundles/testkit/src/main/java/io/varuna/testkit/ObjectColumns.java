package io.varuna.testkit;

import io.varuna.api.codec.CellKind;
import io.varuna.api.codec.ColumnRows;
import io.varuna.api.data.Row;
import io.varuna.api.data.Schema;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** Rows as an encoder of columns gets them. */
final class ObjectColumns implements ColumnRows {
    private static final byte[] PADDING = {'-', '-', '-'};

    private final List<Row> rows;
    private int at;

    /** Creates a view of at least one row that stands before the first one. */
    ObjectColumns(List<Row> rows) {
        this.rows = List.copyOf(rows);
        this.at = -1;
    }

    @Override
    public boolean next() {
        if (at + 1 == rows.size()) {
            return false;
        }
        at++;
        return true;
    }

    @Override
    public Schema schema() {
        return rows.get(Math.max(at, 0)).schema();
    }

    @Override
    public CellKind kind(int column) {
        Row row = rows.get(at);
        Object value = row.get(column);
        if (value == null) {
            return row.isPresent(column) ? CellKind.NULL : CellKind.MISSING;
        }
        if (value instanceof Long) {
            return CellKind.LONG;
        }
        if (value instanceof Double) {
            return CellKind.DOUBLE;
        }
        if (value instanceof Boolean) {
            return CellKind.BOOLEAN;
        }
        return value instanceof String ? CellKind.TEXT : CellKind.OBJECT;
    }

    @Override
    public long longAt(int column) {
        return (Long) objectAt(column);
    }

    @Override
    public double doubleAt(int column) {
        return (Double) objectAt(column);
    }

    @Override
    public boolean booleanAt(int column) {
        return (Boolean) objectAt(column);
    }

    @Override
    public byte[] textAt(int column) {
        byte[] text = text(column);
        byte[] padded = new byte[text.length + 2 * PADDING.length];
        System.arraycopy(PADDING, 0, padded, 0, PADDING.length);
        System.arraycopy(text, 0, padded, PADDING.length, text.length);
        System.arraycopy(PADDING, 0, padded, PADDING.length + text.length, PADDING.length);
        return padded;
    }

    @Override
    public int textOffset(int column) {
        return PADDING.length;
    }

    @Override
    public int textLength(int column) {
        return text(column).length;
    }

    private byte[] text(int column) {
        return ((String) objectAt(column)).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public Object objectAt(int column) {
        return Objects.requireNonNull(rows.get(at).get(column));
    }
}
