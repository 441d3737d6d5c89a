package io.varuna.plugin.codec.json;

import io.varuna.api.codec.ColumnOutput;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads values into the columns of a record. */
final class CellScanner {
    private final Payload payload;
    private final TextScanner text;
    private final NumberScanner number;
    private final ValueScanner values;

    CellScanner(Payload payload, TextScanner text, NumberScanner number, ValueScanner values) {
        this.payload = payload;
        this.text = text;
        this.number = number;
        this.values = values;
    }

    /** Reads the value of a member of a record that is so many levels deep, and returns where it ends. */
    int read(byte[] bytes, int start, Shape shape, Member member, int depth, ColumnOutput out) {
        int at = bytes[start] > ' ' ? start : payload.skipSpace(start);
        byte first = bytes[at];
        if (first == '"' && shape.takesText()) {
            int end = text.read(bytes, at + 1);
            putText(member.column(), out);
            return end;
        }
        if (NumberScanner.isFirst(first)) {
            int end = number.read(bytes, at);
            putNumber(member.column(), shape, out);
            return end;
        }
        int end = values.read(bytes, at, shape, member, depth);
        put(member.column(), values.value(), out);
        return end;
    }

    /** Reads the number at {@code start}, which has a readable form, and returns where it ends. */
    int read(byte[] bytes, int start, NumberForm form, Shape shape, int column, ColumnOutput out) {
        if (form.isWhole() && shape.takesWhole()) {
            out.putLong(column, form.longValue(bytes, start));
        } else if (form.isWhole() ? shape.takesWholeAsDouble() : shape.takesDouble()) {
            out.putDouble(column, form.doubleValue(bytes, start));
        } else {
            put(
                    column,
                    shape.converted(
                            form.isWhole()
                                    ? (Object) form.longValue(bytes, start)
                                    : (Object) form.doubleValue(bytes, start)),
                    out);
        }
        return start + form.length();
    }

    /** Reads a value of a stretch that begins at {@code start} and fits. */
    void read(byte[] bytes, int start, Stretch.Wanted wanted, ColumnOutput out) {
        int at = start + wanted.start();
        NumberForm form = wanted.form();
        if (form == null) {
            out.putText(wanted.column(), bytes, at + 1, wanted.length() - 2);
        } else {
            read(bytes, at, form, wanted.shape(), wanted.column(), out);
        }
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

    /** Puts a value that was read already. */
    static void put(int column, @Nullable Object value, ColumnOutput out) {
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
