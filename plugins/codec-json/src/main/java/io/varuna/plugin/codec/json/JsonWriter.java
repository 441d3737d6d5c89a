package io.varuna.plugin.codec.json;

import io.varuna.api.codec.ByteOutput;
import io.varuna.api.data.Conversions;
import io.varuna.api.data.Missing;
import io.varuna.api.data.NumberText;
import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Adds values as JSON to bytes. */
final class JsonWriter {
    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);

    private JsonWriter() {}

    static void writeNull(ByteOutput out) {
        out.write(NULL);
    }

    static void write(boolean value, ByteOutput out) {
        out.write(value ? TRUE : FALSE);
    }

    static void write(long value, ByteOutput out) {
        byte[] bytes = out.reserve(NumberText.LONGEST);
        out.size(NumberText.put(value, bytes, out.size()));
    }

    /**
     * Writes a number.
     *
     * @param column named in the message if the value cannot be expressed
     */
    static void write(double value, String column, ByteOutput out) {
        double finite = finite(value, column);
        byte[] bytes = out.reserve(NumberText.LONGEST);
        out.size(NumberText.put(finite, bytes, out.size()));
    }

    /** Returns a number that JSON can express; another one is refused. */
    static double finite(double value, String column) {
        if (!Double.isFinite(value)) {
            throw new VarunaException(
                    StandardError.ROW_REFUSED,
                    "Column '" + column + "' is " + value + ", which JSON cannot express. Use a CASE to replace it");
        }
        return value;
    }

    /**
     * Writes any value a column can hold.
     *
     * @param column named in the message if the value cannot be expressed
     */
    static void write(@Nullable Object value, String column, ByteOutput out) {
        if (value == null || value == Missing.VALUE) {
            writeNull(out);
        } else if (value instanceof String text) {
            JsonText.write(text, out);
        } else if (value instanceof Long || value instanceof Integer) {
            write(((Number) value).longValue(), out);
        } else if (value instanceof Double number) {
            write(number.doubleValue(), column, out);
        } else if (value instanceof Boolean bool) {
            write(bool.booleanValue(), out);
        } else if (value instanceof List<?> list) {
            writeList(list, column, out);
        } else if (value instanceof Map<?, ?> map) {
            writeObject(map, column, out);
        } else if (value instanceof byte[] bytes) {
            out.write('"');
            out.write(Base64.getEncoder().encode(bytes));
            out.write('"');
        } else if (value instanceof Instant) {
            JsonText.write(Conversions.toText(value), out);
        } else if (value instanceof Number number) {
            out.write(number.toString().getBytes(StandardCharsets.US_ASCII));
        } else {
            throw new VarunaException(
                    StandardError.ROW_REFUSED,
                    "Column '" + column + "' holds a " + value.getClass().getName() + ", which has no form in JSON");
        }
    }

    private static void writeList(List<?> list, String column, ByteOutput out) {
        out.write('[');
        boolean first = true;
        for (Object element : list) {
            if (!first) {
                out.write(',');
            }
            first = false;
            write(element, column, out);
        }
        out.write(']');
    }

    private static void writeObject(Map<?, ?> map, String column, ByteOutput out) {
        out.write('{');
        boolean first = true;
        for (Map.Entry<?, ?> member : map.entrySet()) {
            if (member.getValue() == Missing.VALUE) {
                continue;
            }
            if (!first) {
                out.write(',');
            }
            first = false;
            JsonText.write(String.valueOf(member.getKey()), out);
            out.write(':');
            write(member.getValue(), column, out);
        }
        out.write('}');
    }
}
