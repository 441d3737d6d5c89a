package io.varuna.plugin.codec.binary;

import io.varuna.api.codec.Encoder;
import io.varuna.api.data.Row;
import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** Writes the one value of a row. */
final class BinaryEncoder implements Encoder {
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
        if (values != 1 || !(only instanceof byte[] bytes)) {
            throw refused("takes rows with one value of type BYTEA, not " + row.schema());
        }
        out.write(bytes);
    }

    @Override
    public void encode(List<Row> rows, OutputStream out) throws IOException {
        if (rows.size() != 1) {
            throw refused("takes one row a message, not " + rows.size() + ". Set 'sendSingle' to true");
        }
        encode(rows.get(0), out);
    }

    private static VarunaException refused(String problem) {
        return new VarunaException(StandardError.ROW_REFUSED, "Format 'binary' " + problem);
    }
}
