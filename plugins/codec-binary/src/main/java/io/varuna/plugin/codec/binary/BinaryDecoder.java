package io.varuna.plugin.codec.binary;

import io.varuna.api.codec.ColumnDecoder;
import io.varuna.api.codec.ColumnOutput;
import io.varuna.api.codec.RowOutput;
import io.varuna.api.data.Column;
import io.varuna.api.data.DataType;
import io.varuna.api.data.Schema;
import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Copies the payload into the column that takes it. */
final class BinaryDecoder implements ColumnDecoder {
    private static final String UNDECLARED = "self";

    private final Schema schema;
    private final int column;

    BinaryDecoder(Schema schema) {
        this.schema = schema;
        this.column = column(schema);
    }

    private static int column(Schema schema) {
        List<Column> columns = schema.columns();
        for (int i = 0; i < columns.size(); i++) {
            DataType.Kind kind = columns.get(i).type().kind();
            if (kind == DataType.Kind.VARBINARY || columns.get(i).name().equals(UNDECLARED)) {
                return i;
            }
            if (kind != DataType.Kind.ANY) {
                throw new VarunaException(
                        StandardError.INVALID_STREAM,
                        "Format 'binary' takes one column of type BYTEA, not " + columns.get(i)
                                + ". Declare that one, or none");
            }
        }
        return -1;
    }

    @Override
    public void decode(ByteBuffer payload, Consumer<@Nullable Object[]> out) {
        decode(payload, new RowOutput(schema.width(), out));
    }

    @Override
    public void decode(ByteBuffer payload, ColumnOutput out) {
        if (column >= 0 || schema.open()) {
            byte[] bytes = new byte[payload.remaining()];
            payload.duplicate().get(bytes);
            if (column >= 0) {
                out.putObject(column, bytes);
            }
            if (schema.open()) {
                String name = column >= 0 ? schema.columns().get(column).name() : UNDECLARED;
                out.putObject(schema.size(), Map.of(name, bytes));
            }
        }
        out.endRecord();
    }
}
