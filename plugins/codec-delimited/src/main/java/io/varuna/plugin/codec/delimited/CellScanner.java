package io.varuna.plugin.codec.delimited;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Finds lines, and cells in them, in the bytes of a payload. A cell that begins with a quote goes on to the next one that is
 * not doubled, over line ends and delimiters; empty lines are none.
 */
final class CellScanner {
    private static final int LARGEST_KEPT = 1 << 20;

    private final byte[] delimiter;
    private byte[] bytes = {};
    private int end;
    private int at;
    private boolean inLine;
    private long lines;
    private byte[] unquoted = new byte[64];
    private byte[] cell = bytes;
    private int offset;
    private int length;

    CellScanner(char delimiter) {
        this.delimiter = String.valueOf(delimiter).getBytes(StandardCharsets.UTF_8);
    }

    /** Begins with a payload; its position stays. It must not change before its last cell was read. */
    void load(ByteBuffer payload) {
        if (payload.hasArray()) {
            bytes = payload.array();
            at = payload.arrayOffset() + payload.position();
        } else {
            bytes = new byte[payload.remaining()];
            payload.get(payload.position(), bytes);
            at = 0;
        }
        end = at + payload.remaining();
        inLine = false;
        lines = 0;
        if (unquoted.length > LARGEST_KEPT) {
            unquoted = new byte[64];
        }
        check();
    }

    private void check() {
        boolean blank = true;
        for (int i = at; i < end; i++) {
            if (bytes[i] < 0) {
                checkText();
                return;
            }
            blank &= Character.isWhitespace(bytes[i]);
        }
        if (blank) {
            throw malformed("The payload is empty");
        }
    }

    private void checkText() {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, at, end - at))
                    .toString();
            if (text.isBlank()) {
                throw malformed("The payload is empty");
            }
        } catch (CharacterCodingException e) {
            throw new VarunaException(StandardError.MALFORMED_RECORD, "The payload is not text in UTF-8", e);
        }
    }

    /** Moves on to the next line that is not empty, and tells whether there is one. All cells of the last one were read. */
    boolean nextLine() {
        while (at < end && isLineEnd(at)) {
            at = afterLineEnd(at);
        }
        inLine = at < end;
        return inLine;
    }

    /** Returns the number of the line that begins, from 1 on. */
    long line() {
        return lines + 1;
    }

    /** Moves on to the next cell of the line, or the first one, and tells whether there is one. */
    boolean nextCell() {
        if (!inLine) {
            return false;
        }
        if (at < end && bytes[at] == '"') {
            readQuoted();
        } else {
            readPlain();
        }
        if (at < end && !isLineEnd(at)) {
            at += delimiter.length;
        } else {
            inLine = false;
            if (at < end) {
                at = afterLineEnd(at);
            }
        }
        return true;
    }

    private void readPlain() {
        byte first = delimiter[0];
        int from = at;
        int to = from;
        while (to < end && bytes[to] != '\n' && bytes[to] != '\r' && (bytes[to] != first || !isDelimiter(to))) {
            to++;
        }
        cell = bytes;
        offset = from;
        length = to - from;
        at = to;
    }

    private void readQuoted() {
        int from = at + 1;
        int to = from;
        boolean doubled = false;
        while (to < end && (bytes[to] != '"' || isDoubled(to))) {
            if (bytes[to] == '"') {
                doubled = true;
                to += 2;
            } else if (isLineEnd(to)) {
                to = afterLineEnd(to);
            } else {
                to++;
            }
        }
        if (to >= end) {
            throw malformed("Not delimited text: a quote is not closed, up to line " + line());
        }
        cell = bytes;
        offset = from;
        length = to - from;
        if (doubled) {
            unquote();
        }
        at = to + 1;
        if (at < end && !isLineEnd(at) && !isDelimiter(at)) {
            throw malformed("Not delimited text: there is more after the closing quote in line " + line());
        }
    }

    private boolean isDoubled(int quote) {
        return quote + 1 < end && bytes[quote + 1] == '"';
    }

    /** Copies the cell with one quote for two. */
    private void unquote() {
        if (unquoted.length < length) {
            unquoted = new byte[2 * length];
        }
        int size = 0;
        for (int i = offset; i < offset + length; i++) {
            unquoted[size++] = bytes[i];
            if (bytes[i] == '"') {
                i++;
            }
        }
        cell = unquoted;
        offset = 0;
        length = size;
    }

    private boolean isDelimiter(int index) {
        return Arrays.equals(bytes, index, Math.min(index + delimiter.length, end), delimiter, 0, delimiter.length);
    }

    private boolean isLineEnd(int index) {
        return bytes[index] == '\n' || bytes[index] == '\r';
    }

    private int afterLineEnd(int index) {
        lines++;
        boolean two = bytes[index] == '\r' && index + 1 < end && bytes[index + 1] == '\n';
        return two ? index + 2 : index + 1;
    }

    byte[] bytes() {
        return cell;
    }

    int offset() {
        return offset;
    }

    int length() {
        return length;
    }

    String text() {
        return new String(cell, offset, length, StandardCharsets.UTF_8);
    }

    static VarunaException malformed(String message) {
        return new VarunaException(StandardError.MALFORMED_RECORD, message);
    }
}
