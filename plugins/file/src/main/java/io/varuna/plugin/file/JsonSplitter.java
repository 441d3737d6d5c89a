package io.varuna.plugin.file;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import java.io.IOException;

/**
 * The elements of an array, or values one after the other, found without reading the whole file into memory. Only brackets and
 * quotes are looked at; the stream's format checks the rest.
 */
final class JsonSplitter implements Splitter {
    private static final int LONGEST_VALUE = 16 << 20;
    /** The end of a value is not at hand. */
    private static final int UNFINISHED = -1;
    /** The same, but if the file ends there, so does the value. */
    private static final int OPEN_ENDED = -2;

    private final boolean array;
    private boolean opened;
    private boolean separated;

    /**
     * Creates the splitter.
     *
     * @param array whether the file is an array
     * @param resumed whether records before were read at another time
     */
    JsonSplitter(boolean array, boolean resumed) {
        this.array = array;
        this.opened = resumed;
        this.separated = !resumed;
    }

    @Override
    public void next(ByteInput input, int most, Slices into) throws IOException {
        into.clear();
        int at = 0;
        // what keeps a value from being read is dealt with when there are none before it
        while (into.size() < most) {
            at = skipBlanks(input, at, into.size() == 0);
            if (at == input.size() || (array && opened && input.at(at) == ']')) {
                if (into.size() == 0) {
                    end(input, at);
                }
                break;
            }
            if (isPunctuation(input.at(at))) {
                at++;
                continue;
            }
            int end = array && !separated ? UNFINISHED : endOfValue(input.bytes(), input.start() + at, input.end());
            if (end >= 0) {
                end -= input.start();
            } else if (into.size() > 0) {
                break;
            } else if (array && !separated) {
                throw malformed("There is no comma between two elements", input, at);
            } else if (input.more()) {
                check(input, at, input.size());
                continue;
            } else {
                end = endOfFile(input, end);
            }
            check(input, at, end);
            into.add(at, end, end);
            separated = false;
            at = end;
        }
        // a comma after the last value is looked at again
        separated &= into.size() == 0;
        into.take(into.size(), input);
    }

    /** Returns where the next byte is that is no blank, or the end of what is at hand. */
    static int skipBlanks(ByteInput input, int from, boolean mayRead) throws IOException {
        int at = from;
        while (at < input.size() || (mayRead && input.more())) {
            int one = input.at(at);
            if (one != ' ' && one != '\n' && one != '\r' && one != '\t') {
                return at;
            }
            at++;
        }
        return at;
    }

    /** Tells whether a byte is what has to come before a value, and takes note of it. */
    private boolean isPunctuation(int one) {
        if (array && !opened) {
            opened = true;
            return true;
        }
        if (array && one == ',' && !separated) {
            separated = true;
            return true;
        }
        return false;
    }

    /** Ends where nothing more comes or the array is closed. */
    private void end(ByteInput input, int at) throws IOException {
        if (!array) {
            return;
        }
        if (at == input.size()) {
            throw malformed("The array is not closed", input, at);
        }
        int more = skipBlanks(input, at + 1, true);
        if (more < input.size()) {
            throw malformed("There is more after the array", input, more);
        }
        input.take(more);
    }

    private static int endOfFile(ByteInput input, int end) {
        if (end == UNFINISHED) {
            throw malformed("The file ends within a value", input, input.size());
        }
        return input.size();
    }

    private static void check(ByteInput input, int start, int end) {
        if (end - start > LONGEST_VALUE) {
            throw malformed("A value is longer than " + LONGEST_VALUE + " bytes", input, end);
        }
    }

    private static VarunaException malformed(String problem, ByteInput input, int at) {
        return new VarunaException(StandardError.MALFORMED_RECORD, problem + ", at byte " + (input.offset() + at));
    }

    private static int endOfValue(byte[] bytes, int start, int end) {
        int depth = 0;
        for (int at = start; at < end; at++) {
            switch (bytes[at]) {
                case '"' -> {
                    at = closingQuote(bytes, at + 1, end);
                    if (at == end) {
                        return UNFINISHED;
                    }
                }
                case '{', '[' -> depth++;
                case '}', ']' -> {
                    if (depth == 0 && at > start) {
                        return at;
                    }
                    depth--;
                    if (depth == 0) {
                        return at + 1;
                    }
                }
                case ',', ' ', '\n', '\r', '\t' -> {
                    if (depth == 0 && at > start) {
                        return at;
                    }
                }
                default -> {
                    // a part of a number or a word, or between two members
                }
            }
        }
        return depth > 0 ? UNFINISHED : OPEN_ENDED;
    }

    private static int closingQuote(byte[] bytes, int from, int end) {
        int at = Bytes.find(bytes, from, end, '"', '\\');
        while (at < end && bytes[at] == '\\') {
            at = at + 2 < end ? Bytes.find(bytes, at + 2, end, '"', '\\') : end;
        }
        return at;
    }
}
