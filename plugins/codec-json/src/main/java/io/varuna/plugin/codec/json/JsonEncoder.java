package io.varuna.plugin.codec.json;

import io.varuna.api.codec.ByteOutput;
import io.varuna.api.codec.CellKind;
import io.varuna.api.codec.ColumnEncoder;
import io.varuna.api.codec.ColumnRow;
import io.varuna.api.codec.ColumnRows;
import io.varuna.api.data.NumberText;
import io.varuna.api.data.Row;
import io.varuna.api.data.Schema;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;

/** Writes a row as an object and rows as an array, with the columns in order. */
final class JsonEncoder implements ColumnEncoder {
    private static final int LARGEST_KEPT = 1 << 20;

    private ByteOutput buffer = new ByteOutput(512);
    private Schema schema = new Schema(List.of());
    private String[] names = {};
    /** The columns' names as they stand before values, with a comma before and a colon after. */
    private byte[][] labels = {};
    /** What a row of numbers takes at most. */
    private int room = 2;

    @Override
    public void encode(Row row, OutputStream out) throws IOException {
        buffer.size(0);
        write(row);
        passOn(out);
    }

    @Override
    public void encode(List<Row> rows, OutputStream out) throws IOException {
        buffer.size(0);
        buffer.write('[');
        for (int i = 0; i < rows.size(); i++) {
            if (i > 0) {
                buffer.write(',');
            }
            write(rows.get(i));
        }
        buffer.write(']');
        passOn(out);
    }

    private void passOn(OutputStream out) throws IOException {
        out.write(buffer.array(), 0, buffer.size());
        if (buffer.array().length > LARGEST_KEPT) {
            buffer = new ByteOutput(512);
        }
    }

    @Override
    public void encode(ColumnRow row, ByteOutput out) {
        write(row, out);
    }

    @Override
    public void encodeAll(ColumnRows rows, ByteOutput out) {
        out.write('[');
        for (boolean first = true; rows.next(); first = false) {
            if (!first) {
                out.write(',');
            }
            write(rows, out);
        }
        out.write(']');
    }

    private void write(Row row) {
        use(row.schema());
        buffer.write('{');
        int first = 1;
        for (int i = 0; i < labels.length; i++) {
            if (row.isPresent(i)) {
                writeLabel(labels[i], first, buffer);
                first = 0;
                JsonWriter.write(row.get(i), names[i], buffer);
            }
        }
        buffer.write('}');
    }

    /** Writes a row into room that is reserved once, but for texts and objects, which may take any. */
    private void write(ColumnRow row, ByteOutput out) {
        use(row.schema());
        byte[] bytes = out.reserve(room);
        int at = out.size();
        bytes[at++] = '{';
        int first = 1;
        for (int i = 0; i < labels.length; i++) {
            CellKind kind = row.kind(i);
            if (kind == CellKind.MISSING) {
                continue;
            }
            at = putLabel(labels[i], first, bytes, at);
            first = 0;
            if (kind == CellKind.LONG) {
                at = NumberText.put(row.longAt(i), bytes, at);
            } else if (kind == CellKind.DOUBLE) {
                at = NumberText.put(JsonWriter.finite(row.doubleAt(i), names[i]), bytes, at);
            } else {
                out.size(at);
                writeCell(row, i, kind, out);
                bytes = out.reserve(room);
                at = out.size();
            }
        }
        bytes[at++] = '}';
        out.size(at);
    }

    private void writeCell(ColumnRow row, int column, CellKind kind, ByteOutput out) {
        switch (kind) {
            case MISSING, NULL -> JsonWriter.writeNull(out);
            case LONG -> JsonWriter.write(row.longAt(column), out);
            case DOUBLE -> JsonWriter.write(row.doubleAt(column), names[column], out);
            case BOOLEAN -> JsonWriter.write(row.booleanAt(column), out);
            case TEXT -> JsonText.write(row.textAt(column), row.textOffset(column), row.textLength(column), out);
            case OBJECT -> JsonWriter.write(row.objectAt(column), names[column], out);
        }
    }

    private static void writeLabel(byte[] label, int from, ByteOutput out) {
        byte[] bytes = out.reserve(label.length);
        out.size(putLabel(label, from, bytes, out.size()));
    }

    /** Puts a label whole words at a time, and returns where it ends; what is too much is overwritten by the value. */
    private static int putLabel(byte[] label, int from, byte[] bytes, int start) {
        int length = label.length - Long.BYTES;
        for (int i = from; i < length; i += Long.BYTES) {
            Words.put(bytes, start + i - from, Words.at(label, i));
        }
        return start + length - from;
    }

    @SuppressWarnings("ReferenceEquality") // a short cut: rows of one sink share their schema
    private void use(Schema of) {
        if (of != schema && !of.equals(schema)) {
            names = of.names().toArray(String[]::new);
            labels = of.names().stream().map(JsonEncoder::label).toArray(byte[][]::new);
            room = 2
                    + Arrays.stream(labels)
                            .mapToInt(label -> label.length + NumberText.LONGEST)
                            .sum();
        }
        schema = of;
    }

    /** Returns a label, padded so that its last bytes can be read as a word. */
    private static byte[] label(String name) {
        ByteOutput label = new ByteOutput(64);
        label.write(',');
        JsonText.write(name, label);
        label.write(':');
        byte[] padded = new byte[label.size() + Long.BYTES];
        System.arraycopy(label.array(), 0, padded, 0, label.size());
        return padded;
    }
}
