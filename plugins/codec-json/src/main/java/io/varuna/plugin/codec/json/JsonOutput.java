package io.varuna.plugin.codec.json;

import io.varuna.api.data.Conversions;
import io.varuna.api.data.Missing;
import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON in a buffer that is used again. */
final class JsonOutput {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);
    private static final int LARGEST_KEPT = 1 << 20;

    private byte[] buffer = new byte[512];
    private int size;

    void clear() {
        size = 0;
        if (buffer.length > LARGEST_KEPT) {
            buffer = new byte[512];
        }
    }

    void writeTo(OutputStream out) throws IOException {
        out.write(buffer, 0, size);
    }

    byte[] toBytes() {
        return Arrays.copyOf(buffer, size);
    }

    void raw(char character) {
        reserve(1);
        buffer[size++] = (byte) character;
    }

    void raw(byte[] bytes) {
        reserve(bytes.length);
        System.arraycopy(bytes, 0, buffer, size, bytes.length);
        size += bytes.length;
    }

    /**
     * Writes any value a column can hold.
     *
     * @param column named in the message if the value cannot be expressed
     */
    void value(@Nullable Object value, String column) {
        if (value == null || value == Missing.VALUE) {
            raw(NULL);
        } else if (value instanceof String text) {
            text(text);
        } else if (value instanceof Long || value instanceof Integer) {
            number(((Number) value).longValue());
        } else if (value instanceof Double number) {
            number(number, column);
        } else if (value instanceof Boolean bool) {
            raw(bool ? TRUE : FALSE);
        } else if (value instanceof List<?> list) {
            list(list, column);
        } else if (value instanceof Map<?, ?> map) {
            object(map, column);
        } else if (value instanceof byte[] bytes) {
            raw('"');
            raw(Base64.getEncoder().encode(bytes));
            raw('"');
        } else if (value instanceof Instant instant) {
            text(DateTimeFormatter.ISO_INSTANT.format(instant));
        } else if (value instanceof Number number) {
            raw(number.toString().getBytes(StandardCharsets.US_ASCII));
        } else {
            throw new VarunaException(
                    StandardError.ROW_REFUSED,
                    "Column '" + column + "' holds a " + value.getClass().getName() + ", which has no form in JSON");
        }
    }

    private void list(List<?> list, String column) {
        raw('[');
        boolean first = true;
        for (Object element : list) {
            if (!first) {
                raw(',');
            }
            first = false;
            value(element, column);
        }
        raw(']');
    }

    private void object(Map<?, ?> map, String column) {
        raw('{');
        boolean first = true;
        for (Map.Entry<?, ?> member : map.entrySet()) {
            if (member.getValue() == Missing.VALUE) {
                continue;
            }
            if (!first) {
                raw(',');
            }
            first = false;
            text(String.valueOf(member.getKey()));
            raw(':');
            value(member.getValue(), column);
        }
        raw('}');
    }

    private void number(double value, String column) {
        if (!Double.isFinite(value)) {
            throw new VarunaException(
                    StandardError.ROW_REFUSED,
                    "Column '" + column + "' is " + value + ", which JSON cannot express. Use a CASE to replace it");
        }
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            number((long) value);
        } else {
            raw(Conversions.toText(value).getBytes(StandardCharsets.US_ASCII));
        }
    }

    private void number(long value) {
        reserve(20);
        if (value == Long.MIN_VALUE) {
            raw(Long.toString(value).getBytes(StandardCharsets.US_ASCII));
            return;
        }
        long rest = value;
        if (rest < 0) {
            buffer[size++] = '-';
            rest = -rest;
        }
        int digits = 1;
        for (long power = 10; power > 0 && rest >= power && digits < 19; power *= 10) {
            digits++;
        }
        size += digits;
        int at = size;
        do {
            buffer[--at] = (byte) ('0' + rest % 10);
            rest /= 10;
        } while (rest > 0);
    }

    void text(String text) {
        int length = text.length();
        // a character takes six bytes at most: as an escape
        reserve(Math.addExact(Math.multiplyExact(length, 6), 2));
        buffer[size++] = '"';
        for (int i = 0; i < length; i++) {
            char character = text.charAt(i);
            if (character < 0x80) {
                ascii(character);
            } else if (character < 0x800) {
                buffer[size++] = (byte) (0xc0 | (character >> 6));
                buffer[size++] = (byte) (0x80 | (character & 0x3f));
            } else if (!Character.isSurrogate(character)) {
                buffer[size++] = (byte) (0xe0 | (character >> 12));
                buffer[size++] = (byte) (0x80 | ((character >> 6) & 0x3f));
                buffer[size++] = (byte) (0x80 | (character & 0x3f));
            } else if (Character.isHighSurrogate(character)
                    && i + 1 < length
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                int codePoint = Character.toCodePoint(character, text.charAt(++i));
                buffer[size++] = (byte) (0xf0 | (codePoint >> 18));
                buffer[size++] = (byte) (0x80 | ((codePoint >> 12) & 0x3f));
                buffer[size++] = (byte) (0x80 | ((codePoint >> 6) & 0x3f));
                buffer[size++] = (byte) (0x80 | (codePoint & 0x3f));
            } else {
                // half of a pair has no form in UTF-8
                escape(character);
            }
        }
        buffer[size++] = '"';
    }

    private void ascii(char character) {
        switch (character) {
            case '"', '\\' -> escape((byte) character);
            case '\n' -> escape((byte) 'n');
            case '\r' -> escape((byte) 'r');
            case '\t' -> escape((byte) 't');
            default -> {
                if (character < ' ') {
                    escape(character);
                } else {
                    buffer[size++] = (byte) character;
                }
            }
        }
    }

    private void escape(byte letter) {
        buffer[size++] = '\\';
        buffer[size++] = letter;
    }

    private void escape(char character) {
        buffer[size++] = '\\';
        buffer[size++] = 'u';
        for (int shift = 12; shift >= 0; shift -= 4) {
            buffer[size++] = HEX[(character >> shift) & 0xf];
        }
    }

    private void reserve(int bytes) {
        if (buffer.length - size < bytes) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, Math.addExact(size, bytes)));
        }
    }
}
