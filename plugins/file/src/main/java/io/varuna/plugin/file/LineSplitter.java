package io.varuna.plugin.file;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import java.io.IOException;

/** Every line is a record, without its end; empty ones, and some at the end of the file, are none. */
final class LineSplitter implements Splitter {
    static final int NO_CELLS = -1;

    private static final int LONGEST_LINE = 16 << 20;
    private static final int NONE = -1;

    private final int delimiter;
    private final int ignoredAtEnd;

    /**
     * Creates a splitter.
     *
     * @param delimiter the character between cells, so that a line end within a quoted cell is a part of the line; {@link
     *     #NO_CELLS} if there are none
     * @param ignoredAtEnd how many lines at the end of the file are none
     */
    LineSplitter(int delimiter, int ignoredAtEnd) {
        this.delimiter = delimiter;
        this.ignoredAtEnd = ignoredAtEnd;
    }

    /** Passes over lines, whatever is in them. */
    static void skip(ByteInput input, int lines) throws IOException {
        int left = lines;
        while (left > 0 && (input.size() > 0 || input.more())) {
            int end = Bytes.find(input.bytes(), input.start(), input.end(), '\n') - input.start();
            left -= end < input.size() ? 1 : 0;
            input.take(Math.min(end + 1, input.size()));
        }
    }

    @Override
    public void next(ByteInput input, int most, Slices into) throws IOException {
        into.clear();
        int at = 0;
        boolean ended = false;
        while (!ended && into.size() < most + (long) ignoredAtEnd) {
            int end = endOfLine(input, at);
            if (end == NONE) {
                if (into.size() > ignoredAtEnd) {
                    break;
                }
                check(input, at, input.size());
                if (input.more()) {
                    continue;
                }
                ended = true;
                end = input.size();
            }
            check(input, at, end);
            int next = Math.min(end + 1, input.size());
            int textEnd = end > at && input.at(end - 1) == '\r' ? end - 1 : end;
            if (textEnd > at) {
                into.add(at, textEnd, next);
            }
            at = next;
        }
        into.take(Math.max(0, Math.min(most, into.size() - ignoredAtEnd)), input);
    }

    private static void check(ByteInput input, int start, int end) {
        if (end - start > LONGEST_LINE) {
            throw new VarunaException(
                    StandardError.MALFORMED_RECORD,
                    "The line at byte " + (input.offset() + start) + " is longer than " + LONGEST_LINE + " bytes");
        }
    }

    /** Returns where the line ends that begins at a place, or {@link #NONE} if that is not at hand. */
    private int endOfLine(ByteInput input, int line) {
        byte[] bytes = input.bytes();
        int from = input.start() + line;
        int end = input.end();
        int found =
                delimiter == NO_CELLS ? Bytes.find(bytes, from, end, '\n') : Bytes.find(bytes, from, end, '\n', '"');
        if (found < end && bytes[found] == '"') {
            found = endOfCells(bytes, from, end);
        }
        return found < end ? found - input.start() : NONE;
    }

    /** Returns where a line of cells ends, some of which may be quoted, or the end. */
    private int endOfCells(byte[] bytes, int from, int end) {
        boolean quoted = false;
        boolean cellStart = true;
        for (int at = from; at < end; at++) {
            byte one = bytes[at];
            if (one == '"' && quoted) {
                // two quotes stand for one, and do not end the cell
                quoted = at + 1 < end && bytes[at + 1] == '"';
                at += quoted ? 1 : 0;
            } else if (one == '"' && cellStart) {
                quoted = true;
            } else if (one == '\n' && !quoted) {
                return at;
            }
            cellStart = one == delimiter && !quoted;
        }
        return end;
    }
}
