package io.varuna.plugin.codec.delimited;

import io.varuna.api.codec.ByteOutput;
import io.varuna.api.data.Conversions;
import io.varuna.api.data.NumberText;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Adds cells to bytes, in quotes where their text would be taken for something else. */
final class CellWriter {
    private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);

    private final byte[] delimiter;
    /** A delimiter of more bytes is looked for by its first one only: quotes too many do no harm. */
    private final byte special;

    CellWriter(char delimiter) {
        this.delimiter = String.valueOf(delimiter).getBytes(StandardCharsets.UTF_8);
        this.special = this.delimiter[0];
    }

    void writeDelimiter(ByteOutput out) {
        out.write(delimiter);
    }

    void write(@Nullable Object value, ByteOutput out) {
        if (value == null) {
            return;
        }
        if (value instanceof Long whole) {
            write(whole.longValue(), out);
        } else if (value instanceof Double number) {
            write(number.doubleValue(), out);
        } else if (value instanceof byte[] bytes) {
            writeText(Base64.getEncoder().encode(bytes), out);
        } else {
            writeText(Conversions.toText(value).getBytes(StandardCharsets.UTF_8), out);
        }
    }

    void write(long value, ByteOutput out) {
        int start = out.size();
        byte[] bytes = out.reserve(NumberText.LONGEST);
        out.size(NumberText.put(value, bytes, start));
        quoteIfNeeded(start, out);
    }

    void write(double value, ByteOutput out) {
        int start = out.size();
        byte[] bytes = out.reserve(NumberText.LONGEST);
        out.size(NumberText.put(value, bytes, start));
        quoteIfNeeded(start, out);
    }

    void write(boolean value, ByteOutput out) {
        writeText(value ? TRUE : FALSE, out);
    }

    private void writeText(byte[] text, ByteOutput out) {
        write(text, 0, text.length, out);
    }

    void write(byte[] utf8, int offset, int length, ByteOutput out) {
        int start = out.size();
        out.write(utf8, offset, length);
        quoteIfNeeded(start, out);
    }

    /** Makes quotes of an empty cell: a line of nothing else would be no line at all. */
    void quoteIfEmpty(int start, ByteOutput out) {
        if (out.size() == start) {
            out.write('"');
            out.write('"');
        }
    }

    private void quoteIfNeeded(int start, ByteOutput out) {
        byte[] bytes = out.array();
        int end = out.size();
        for (int i = start; i < end; i++) {
            byte unit = bytes[i];
            if (unit == special || unit == '"' || unit == '\n' || unit == '\r') {
                quote(start, out);
                return;
            }
        }
    }

    private static void quote(int start, ByteOutput out) {
        byte[] plain = Arrays.copyOfRange(out.array(), start, out.size());
        out.size(start);
        out.write('"');
        for (byte unit : plain) {
            if (unit == '"') {
                out.write('"');
            }
            out.write(unit);
        }
        out.write('"');
    }
}
