package io.varuna.plugin.codec.json;

import io.varuna.api.codec.Encoder;
import io.varuna.api.data.Column;
import io.varuna.api.data.Row;
import io.varuna.api.data.Schema;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes a row as an object and rows as an array, with the columns in order. */
final class JsonEncoder implements Encoder {
    private final JsonOutput json = new JsonOutput();
    private @Nullable Schema schema;
    private byte[][] names = {};

    @Override
    public void encode(Row row, OutputStream out) throws IOException {
        json.clear();
        write(row);
        json.writeTo(out);
    }

    @Override
    public void encode(List<Row> rows, OutputStream out) throws IOException {
        json.clear();
        json.raw('[');
        for (int i = 0; i < rows.size(); i++) {
            if (i > 0) {
                json.raw(',');
            }
            write(rows.get(i));
        }
        json.raw(']');
        json.writeTo(out);
    }

    private void write(Row row) {
        Schema columns = row.schema();
        if (!columns.equals(schema)) {
            names = columns.columns().stream().map(JsonEncoder::name).toArray(byte[][]::new);
            schema = columns;
        }
        json.raw('{');
        boolean first = true;
        for (int i = 0; i < names.length; i++) {
            if (row.isPresent(i)) {
                if (!first) {
                    json.raw(',');
                }
                first = false;
                json.raw(names[i]);
                json.value(row.get(i), columns.columns().get(i).name());
            }
        }
        json.raw('}');
    }

    /** Returns the name as it stands before its value, colon included. */
    private static byte[] name(Column column) {
        JsonOutput name = new JsonOutput();
        name.text(column.name());
        name.raw(':');
        return name.toBytes();
    }
}
