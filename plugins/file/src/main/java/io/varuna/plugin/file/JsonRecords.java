package io.varuna.plugin.file;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.api.source.Position;
import io.varuna.api.source.SourceOutput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The elements of an array, or values one after the other, found without reading the whole file into memory. Only brackets and
 * quotes are looked at; the stream's format checks the rest.
 */
final class JsonRecords implements FileRecords {
    private static final int LONGEST_VALUE = 16 << 20;

    private final ByteInput input;
    private final boolean array;
    private byte[] current = {};
    private long offset;
    private boolean opened;
    private boolean separated;

    /**
     * Creates the records.
     *
     * @param array whether the file is an array
     * @param resumed whether records before were read at another time
     */
    JsonRecords(ByteInput input, boolean array, boolean resumed) {
        this.input = input;
        this.array = array;
        this.opened = resumed;
        this.separated = !resumed;
    }

    @Override
    public boolean next() throws IOException {
        int first = skipBlanks();
        if (array && !opened) {
            input.read();
            opened = true;
            first = skipBlanks();
        }
        if (array && first == ',' && !separated) {
            input.read();
            separated = true;
            first = skipBlanks();
        }
        if (array && first == ']') {
            input.read();
            if (skipBlanks() >= 0) {
                throw malformed("There is more after the array");
            }
            return false;
        }
        if (first < 0) {
            if (array) {
                throw malformed("The array is not closed");
            }
            return false;
        }
        if (array && !separated) {
            throw malformed("There is no comma between two elements");
        }
        current = readValue();
        offset = input.offset();
        separated = false;
        return true;
    }

    private int skipBlanks() throws IOException {
        int c = input.peek();
        while (c == ' ' || c == '\n' || c == '\r' || c == '\t') {
            input.read();
            c = input.peek();
        }
        return c;
    }

    private byte[] readValue() throws IOException {
        ByteArrayOutputStream value = new ByteArrayOutputStream(256);
        int depth = 0;
        boolean quoted = false;
        for (int c = input.peek(); c >= 0; c = input.peek()) {
            if (!quoted && depth == 0 && value.size() > 0 && (c <= ' ' || c == ',' || c == ']' || c == '}')) {
                break;
            }
            input.read();
            value.write(c);
            if (quoted) {
                if (c == '\\') {
                    value.write(input.read());
                }
                quoted = c != '"';
            } else if (c == '"') {
                quoted = true;
            } else if (c == '{' || c == '[') {
                depth++;
            } else if ((c == '}' || c == ']') && --depth == 0) {
                break;
            }
            if (value.size() > LONGEST_VALUE) {
                throw malformed("A value is longer than " + LONGEST_VALUE + " bytes");
            }
        }
        if (depth > 0 || quoted) {
            throw malformed("The file ends within a value");
        }
        return value.toByteArray();
    }

    private VarunaException malformed(String problem) {
        return new VarunaException(StandardError.MALFORMED_RECORD, problem + ", at byte " + input.offset());
    }

    @Override
    public long offset() {
        return offset;
    }

    @Override
    public boolean emit(SourceOutput out, Map<String, @Nullable Object> metadata, Position position)
            throws InterruptedException {
        out.emit(ByteBuffer.wrap(current), metadata, position);
        return true;
    }

    @Override
    public void close() throws IOException {
        input.close();
    }
}
