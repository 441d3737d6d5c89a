package io.varuna.plugin.file;

import io.varuna.api.codec.ByteOutput;
import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.api.sink.Message;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** How messages lie in a file that is written. */
enum OutputFormat {
    /** One message a line. */
    LINES,
    /** One array, of the messages or, where a message is an array itself, of its elements. */
    JSON,
    /** Lines of values, with the names of the columns in the first line where asked for. */
    CSV;

    private static final byte[] NOTHING = {};

    static OutputFormat of(String name, String format, String where) {
        return switch (name) {
            case "lines" -> LINES;
            case "json" -> JSON;
            case "csv" -> {
                if (!format.equals("delimited")) {
                    throw invalid(
                            where + " has 'fileType' 'csv', which needs 'format' 'delimited', not '" + format + "'");
                }
                yield CSV;
            }
            default -> throw invalid(where + " has 'fileType' '" + name + "'. It takes: lines, json, csv");
        };
    }

    private static VarunaException invalid(String message) {
        return new VarunaException(StandardError.INVALID_PROPERTY, message);
    }

    /** Returns what stands before the first message of a file. */
    byte[] opening(Message first, boolean header, char delimiter) {
        return switch (this) {
            case LINES -> NOTHING;
            case JSON -> bytes("[");
            case CSV -> header ? bytes(header(first, delimiter)) : NOTHING;
        };
    }

    /** Returns what stands after the last message of a file. */
    byte[] closing() {
        return this == JSON ? bytes("\n]\n") : NOTHING;
    }

    /**
     * Writes a message.
     *
     * @param first whether nothing but the opening is before it
     * @return whether something was written
     */
    boolean write(Message message, boolean first, ByteOutput out) throws IOException {
        if (this != JSON) {
            message.writeTo(out);
            out.write('\n');
            return true;
        }
        byte[] elements = withoutBrackets(content(message.payload()));
        if (elements.length == 0) {
            return false;
        }
        out.write(bytes(first ? "\n" : ",\n"));
        out.write(elements);
        return true;
    }

    private static byte[] content(ByteBuffer payload) {
        byte[] content = new byte[payload.remaining()];
        payload.get(content);
        return content;
    }

    private static byte[] withoutBrackets(byte[] json) {
        String text = new String(json, StandardCharsets.UTF_8).strip();
        return text.startsWith("[") && text.endsWith("]")
                ? bytes(text.substring(1, text.length() - 1).strip())
                : bytes(text);
    }

    private static String header(Message first, char delimiter) {
        StringBuilder line = new StringBuilder();
        for (String name : first.rows().get(0).schema().names()) {
            if (line.length() > 0) {
                line.append(delimiter);
            }
            boolean quoted = name.indexOf(delimiter) >= 0 || name.contains("\"") || name.contains("\n");
            line.append(quoted ? '"' + name.replace("\"", "\"\"") + '"' : name);
        }
        return line.append('\n').toString();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
