package io.varuna.plugin.file;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** Splits a file into lines without their ends, leaving out empty ones and some at the end of the file. */
final class LineReader implements Closeable {
    static final int NO_CELLS = -1;

    private static final int LONGEST_LINE = 16 << 20;

    private final ByteInput input;
    private final int delimiter;
    private final int ignoredAtEnd;
    private final Queue<Line> ahead = new ArrayDeque<>();

    /** A line, and where the next one begins. */
    @SuppressWarnings("ArrayRecordComponent") // on its way, never compared
    record Line(byte[] text, long end) {}

    /**
     * Creates a reader.
     *
     * @param delimiter the character between cells, so that a line end within a quoted cell is a part of the line; {@link
     *     #NO_CELLS} if there are none
     * @param ignoredAtEnd how many lines at the end of the file are none
     */
    LineReader(ByteInput input, int delimiter, int ignoredAtEnd) {
        this.input = input;
        this.delimiter = delimiter;
        this.ignoredAtEnd = ignoredAtEnd;
    }

    /** Passes over lines, whatever is in them. */
    void skip(int lines) throws IOException {
        for (int i = 0; i < lines; i++) {
            for (int c = input.read(); c >= 0 && c != '\n'; ) {
                c = input.read();
            }
        }
    }

    /** Returns the next line, or null at the end. */
    @Nullable
    Line next() throws IOException {
        while (ahead.size() <= ignoredAtEnd) {
            Line line = read();
            if (line == null) {
                return null;
            }
            ahead.add(line);
        }
        return ahead.remove();
    }

    private @Nullable Line read() throws IOException {
        while (input.peek() >= 0) {
            byte[] text = readLine();
            if (text.length > 0) {
                return new Line(text, input.offset());
            }
        }
        return null;
    }

    private byte[] readLine() throws IOException {
        byte[] whole = delimiter == NO_CELLS ? input.takeLine() : null;
        return whole == null ? readBytes() : withoutReturn(whole);
    }

    private byte[] readBytes() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(128);
        long start = input.offset();
        boolean quoted = false;
        boolean cellStart = delimiter != NO_CELLS;
        for (int c = input.read(); c >= 0 && (c != '\n' || quoted); c = input.read()) {
            if (c == '"' && quoted) {
                // two quotes stand for one, and do not end the cell
                quoted = input.peek() == '"';
                if (quoted) {
                    line.write(input.read());
                }
            } else if (c == '"' && cellStart) {
                quoted = true;
            }
            cellStart = c == delimiter && !quoted;
            line.write(c);
            if (line.size() > LONGEST_LINE) {
                throw new VarunaException(
                        StandardError.MALFORMED_RECORD,
                        "The line at byte " + start + " is longer than " + LONGEST_LINE + " bytes");
            }
        }
        return withoutReturn(line.toByteArray());
    }

    private static byte[] withoutReturn(byte[] text) {
        boolean windows = text.length > 0 && text[text.length - 1] == '\r';
        return windows ? Arrays.copyOf(text, text.length - 1) : text;
    }

    @Override
    public void close() throws IOException {
        input.close();
    }
}
