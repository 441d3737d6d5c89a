package io.varuna.plugin.codec.binary;

import io.varuna.api.codec.ByteOutput;
import io.varuna.api.codec.CellKind;
import io.varuna.api.codec.ColumnEncoder;
import io.varuna.api.codec.ColumnRow;
import io.varuna.api.codec.ColumnRows;
import io.varuna.api.data.Row;
import io.varuna.api.data.Schema;
import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes the one value of a row. */
final class BinaryEncoder implements ColumnEncoder {
    @Override
    public void encode(Row row, OutputStream out) throws IOException {
        Object only = null;
        int values = 0;
        for (int i = 0; i < row.schema().size(); i++) {
            if (!row.isNull(i)) {
                only = row.get(i);
                values++;
            }
        }
        out.write(theOnly(only, values, row.schema()));
    }

    @Override
    public void encode(ColumnRow row, ByteOutput out) {
        Object only = null;
        int values = 0;
        for (int i = 0; i < row.schema().size(); i++) {
            CellKind kind = row.kind(i);
            if (kind != CellKind.NULL && kind != CellKind.MISSING) {
                only = kind == CellKind.OBJECT ? row.objectAt(i) : null;
                values++;
            }
        }
        out.write(theOnly(only, values, row.schema()));
    }

    private static byte[] theOnly(@Nullable Object only, int values, Schema schema) {
        if (values == 1 && only instanceof byte[] bytes) {
            return bytes;
        }
        throw refused("takes rows with one value of type BYTEA, not " + schema);
    }

    @Override
    public void encode(List<Row> rows, OutputStream out) throws IOException {
        if (rows.size() != 1) {
            throw tooMany(rows.size());
        }
        encode(rows.get(0), out);
    }

    @Override
    public void encodeAll(ColumnRows rows, ByteOutput out) {
        int before = out.size();
        int count = 0;
        while (rows.next()) {
            if (count == 0) {
                encode(rows, out);
            }
            count++;
        }
        if (count != 1) {
            out.size(before);
            throw tooMany(count);
        }
    }

    private static VarunaException tooMany(int rows) {
        return refused("takes one row a message, not " + rows + ". Set 'sendSingle' to true");
    }

    private static VarunaException refused(String problem) {
        return new VarunaException(StandardError.ROW_REFUSED, "Format 'binary' " + problem);
    }
}
