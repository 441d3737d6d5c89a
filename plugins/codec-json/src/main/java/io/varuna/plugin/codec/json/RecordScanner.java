package io.varuna.plugin.codec.json;

import io.varuna.api.codec.ColumnOutput;
import io.varuna.api.data.Column;
import io.varuna.api.data.DataType;
import io.varuna.api.data.Schema;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads objects into the columns of a schema. */
final class RecordScanner {
    private final Payload payload;
    private final TextScanner text;
    private final NumberScanner number;
    private final ValueScanner values;
    private final Members members;
    private final int recordPlace;

    /** Creates a scanner for what is loaded into the payload. */
    RecordScanner(Payload payload, Schema schema, boolean exact, int maxDepth) {
        this.payload = payload;
        this.text = new TextScanner(payload);
        this.number = new NumberScanner(payload);
        this.values = new ValueScanner(payload, text, number, maxDepth);
        List<Shape> shapes = new ArrayList<>();
        for (Column column : schema.columns()) {
            shapes.add(new Shape(column.type(), column.name(), exact));
        }
        Shape other = schema.open() ? new Shape(DataType.ANY, "", exact) : null;
        this.members = Members.of(schema, shapes, other, new Vocabulary());
        this.recordPlace = schema.open() ? schema.size() : -1;
    }

    /**
     * Reads the record that begins at {@code start}, and returns where it ends.
     *
     * @param depth 1 for a record by itself, more within arrays
     */
    int read(int start, int depth, ColumnOutput out) {
        Map<String, @Nullable Object> record = recordPlace < 0 ? null : new LinkedHashMap<>();
        Member previous = members.start();
        int at = values.enterObject(start, depth);
        while (at >= 0) {
            Member member = previous.follower(payload.bytes, at);
            int valueAt;
            if (member == null) {
                member = members.find(payload, text, at, previous);
                valueAt = members.valueAt();
            } else {
                valueAt = at + member.length();
            }
            Shape shape = member.shape();
            if (shape == null) {
                at = values.afterMember(values.skip(valueAt, member, depth));
            } else if (record == null) {
                at = values.afterMember(readCell(valueAt, shape, member, depth, out));
            } else {
                at = values.afterMember(values.read(valueAt, shape, member, depth));
                record.put(member.name(), values.value());
                if (member.column() >= 0) {
                    put(member.column(), values.value(), out);
                }
            }
            previous = member;
        }
        if (record != null) {
            out.putObject(recordPlace, record);
        }
        out.endRecord();
        return ~at;
    }

    private int readCell(int start, Shape shape, Member member, int depth, ColumnOutput out) {
        byte[] bytes = payload.bytes;
        int at = bytes[start] > ' ' ? start : payload.skipSpace(start);
        int first = bytes[at];
        if (first == '"' && shape.takesText()) {
            int end = text.read(at + 1);
            putText(member.column(), out);
            return end;
        }
        if (first == '-' || (first >= '0' && first <= '9')) {
            int end = number.read(at);
            putNumber(member.column(), shape, out);
            return end;
        }
        int end = values.read(at, shape, member, depth);
        put(member.column(), values.value(), out);
        return end;
    }

    private void putText(int column, ColumnOutput out) {
        if (text.isWellFormed()) {
            out.putText(column, text.bytes(), text.offset(), text.length());
        } else {
            out.putObject(column, text.text());
        }
    }

    private void putNumber(int column, Shape shape, ColumnOutput out) {
        if (number.isWhole() && shape.takesWhole()) {
            out.putLong(column, number.longValue());
        } else if (number.isWhole() ? shape.takesWholeAsDouble() : shape.takesDouble()) {
            out.putDouble(column, number.doubleValue());
        } else {
            put(
                    column,
                    shape.converted(number.isWhole() ? (Object) number.longValue() : (Object) number.doubleValue()),
                    out);
        }
    }

    private static void put(int column, @Nullable Object value, ColumnOutput out) {
        if (value == null) {
            out.putNull(column);
        } else if (value instanceof Boolean bool) {
            out.putBoolean(column, bool);
        } else if (value instanceof Long whole) {
            out.putLong(column, whole);
        } else if (value instanceof Double fraction) {
            out.putDouble(column, fraction);
        } else if (value instanceof String string) {
            putText(column, string, out);
        } else {
            out.putObject(column, value);
        }
    }

    private static void putText(int column, String value, ColumnOutput out) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        if (value.equals(new String(utf8, StandardCharsets.UTF_8))) {
            out.putText(column, utf8, 0, utf8.length);
        } else {
            out.putObject(column, value);
        }
    }
}
