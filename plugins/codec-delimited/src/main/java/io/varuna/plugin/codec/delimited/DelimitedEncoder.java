package io.varuna.plugin.codec.delimited;

import io.varuna.api.codec.ByteOutput;
import io.varuna.api.codec.CellKind;
import io.varuna.api.codec.ColumnEncoder;
import io.varuna.api.codec.ColumnRow;
import io.varuna.api.codec.ColumnRows;
import io.varuna.api.data.Row;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** Writes rows as lines, with an empty cell for every column that is NULL or not there. */
final class DelimitedEncoder implements ColumnEncoder {
    private static final int LARGEST_KEPT = 1 << 20;

    private final CellWriter cells;
    private ByteOutput buffer = new ByteOutput(256);

    DelimitedEncoder(char delimiter) {
        this.cells = new CellWriter(delimiter);
    }

    @Override
    public void encode(Row row, OutputStream out) throws IOException {
        buffer.size(0);
        write(row);
        passOn(out);
    }

    @Override
    public void encode(List<Row> rows, OutputStream out) throws IOException {
        buffer.size(0);
        for (int i = 0; i < rows.size(); i++) {
            if (i > 0) {
                buffer.write('\n');
            }
            write(rows.get(i));
        }
        passOn(out);
    }

    private void passOn(OutputStream out) throws IOException {
        out.write(buffer.array(), 0, buffer.size());
        if (buffer.array().length > LARGEST_KEPT) {
            buffer = new ByteOutput(256);
        }
    }

    private void write(Row row) {
        int columns = row.schema().size();
        for (int i = 0; i < columns; i++) {
            if (i > 0) {
                cells.writeDelimiter(buffer);
            }
            int start = buffer.size();
            cells.write(row.get(i), buffer);
            if (columns == 1 && row.isPresent(i)) {
                cells.quoteIfEmpty(start, buffer);
            }
        }
    }

    @Override
    public void encodeAll(ColumnRows rows, ByteOutput out) {
        for (boolean first = true; rows.next(); first = false) {
            if (!first) {
                out.write('\n');
            }
            encode(rows, out);
        }
    }

    @Override
    public void encode(ColumnRow row, ByteOutput out) {
        int columns = row.schema().size();
        for (int i = 0; i < columns; i++) {
            if (i > 0) {
                cells.writeDelimiter(out);
            }
            int start = out.size();
            CellKind kind = row.kind(i);
            write(row, i, kind, out);
            if (columns == 1 && kind != CellKind.MISSING) {
                cells.quoteIfEmpty(start, out);
            }
        }
    }

    private void write(ColumnRow row, int column, CellKind kind, ByteOutput out) {
        switch (kind) {
            case MISSING, NULL -> {}
            case LONG -> cells.write(row.longAt(column), out);
            case DOUBLE -> cells.write(row.doubleAt(column), out);
            case BOOLEAN -> cells.write(row.booleanAt(column), out);
            case TEXT -> cells.write(row.textAt(column), row.textOffset(column), row.textLength(column), out);
            case OBJECT -> cells.write(row.objectAt(column), out);
        }
    }
}
