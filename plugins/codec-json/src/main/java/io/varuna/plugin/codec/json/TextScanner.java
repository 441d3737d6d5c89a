package io.varuna.plugin.codec.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads texts: as a slice of the payload where nothing is escaped, otherwise as a slice of a buffer of its own. */
final class TextScanner {
    private static final int LARGEST_KEPT = 1 << 16;

    private final Payload payload;
    private byte[] scratch = new byte[256];
    private byte[] bytes = scratch;
    private int offset;
    private int length;
    private boolean wellFormed;

    TextScanner(Payload payload) {
        this.payload = payload;
    }

    /** Returns the array with the text that was read. */
    byte[] bytes() {
        return bytes;
    }

    int offset() {
        return offset;
    }

    int length() {
        return length;
    }

    /** Tells whether the text has a form in UTF-8; if not, its bytes have halves of surrogate pairs by themselves. */
    boolean isWellFormed() {
        return wellFormed;
    }

    String text() {
        return wellFormed
                ? new String(bytes, offset, length, StandardCharsets.UTF_8)
                : Surrogates.decode(bytes, offset, length);
    }

    /** Reads the text that begins at {@code start}, after its quote, and returns where it ends, after the other one. */
    int read(byte[] from, int start) {
        int at = start;
        long found = Words.notPlain(Words.at(from, at));
        while (found == 0) {
            at += Long.BYTES;
            found = Words.notPlain(Words.at(from, at));
        }
        at += Words.first(found);
        if (from[at] == '"') {
            bytes = from;
            offset = start;
            length = at - start;
            wellFormed = true;
            return at + 1;
        }
        return readOdd(start, at);
    }

    /** Reads on from the first byte that is not plain ASCII. */
    private int readOdd(int start, int odd) {
        byte[] from = payload.bytes;
        if (scratch.length > LARGEST_KEPT) {
            scratch = new byte[256];
        }
        wellFormed = true;
        length = 0;
        append(start, odd - start);
        int at = odd;
        while (from[at] != '"') {
            if (from[at] == '\\') {
                at = unescape(at);
            } else {
                int next = skipCharacter(at);
                append(at, next - at);
                at = next;
            }
        }
        bytes = scratch;
        offset = 0;
        return at + 1;
    }

    private void append(int at, int count) {
        reserve(count);
        System.arraycopy(payload.bytes, at, scratch, length, count);
        length += count;
    }

    private void reserve(int count) {
        if (scratch.length - length < count) {
            scratch = Arrays.copyOf(scratch, Math.max(2 * scratch.length, length + count));
        }
    }

    private int unescape(int at) {
        reserve(4);
        int letter = payload.bytes[at + 1];
        if (letter != 'u') {
            scratch[length++] = unescaped(at + 1, letter);
            return at + 2;
        }
        int unit = hex(at + 2);
        int next = at + 6;
        if (Character.isHighSurrogate((char) unit) && payload.bytes[next] == '\\' && payload.bytes[next + 1] == 'u') {
            int low = hex(next + 2);
            if (Character.isLowSurrogate((char) low)) {
                length += Surrogates.encode(Character.toCodePoint((char) unit, (char) low), scratch, length);
                return next + 6;
            }
        }
        if (Character.isSurrogate((char) unit)) {
            wellFormed = false;
        }
        length += Surrogates.encode(unit, scratch, length);
        return next;
    }

    private byte unescaped(int at, int letter) {
        return switch (letter) {
            case '"', '\\', '/' -> (byte) letter;
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case 'f' -> '\f';
            default -> throw payload.unexpected(at, "one of '\"\\/bfnrtu' after a backslash");
        };
    }

    private int hex(int from) {
        int unit = 0;
        for (int at = from; at < from + 4; at++) {
            // Character.digit takes digits of other scripts, but those are not bytes
            int digit = Character.digit(payload.bytes[at], 16);
            if (digit < 0) {
                throw payload.unexpected(at, "a hexadecimal digit");
            }
            unit = unit << 4 | digit;
        }
        return unit;
    }

    /** Checks the text that begins at {@code start}, after its quote, and returns where it ends, after the other one. */
    int skip(byte[] from, int start) {
        int at = start;
        while (true) {
            long found = Words.notPlain(Words.at(from, at));
            if (found == 0) {
                at += Long.BYTES;
                continue;
            }
            at += Words.first(found);
            if (from[at] == '"') {
                return at + 1;
            }
            at = from[at] == '\\' ? skipEscape(at) : skipCharacter(at);
        }
    }

    /** Tells whether so many plain characters and a quote are at a place. */
    static boolean isPlain(byte[] from, int start, int length) {
        int at = start;
        int end = start + length;
        while (end - at >= Long.BYTES) {
            if (Words.notPlain(Words.at(from, at)) != 0) {
                return false;
            }
            at += Long.BYTES;
        }
        if (at < end) {
            long rest = (1L << ((end - at) * Byte.SIZE)) - 1;
            if ((Words.notPlain(Words.at(from, at)) & rest) != 0) {
                return false;
            }
        }
        return from[end] == '"';
    }

    private int skipEscape(int at) {
        int letter = payload.bytes[at + 1];
        if (letter == 'u') {
            hex(at + 2);
            return at + 6;
        }
        unescaped(at + 1, letter);
        return at + 2;
    }

    /** Checks the bytes of one character as Unicode's table of well-formed UTF-8 has them. */
    private int skipCharacter(int at) {
        byte[] from = payload.bytes;
        int lead = from[at] & 0xff;
        if (lead < 0x80) {
            if (lead < ' ') {
                throw payload.unexpected(at, "a character of a text (control characters are escaped)");
            }
            return at + 1;
        }
        int second = from[at + 1] & 0xff;
        if (lead >= 0xc2 && lead < 0xe0) {
            return continuation(at, 1);
        }
        boolean three = (lead == 0xe0 && second >= 0xa0)
                || (lead > 0xe0 && lead < 0xed)
                || (lead == 0xed && second < 0xa0)
                || lead == 0xee
                || lead == 0xef;
        if (three) {
            return continuation(at, 2);
        }
        boolean four =
                (lead == 0xf0 && second >= 0x90) || (lead > 0xf0 && lead < 0xf4) || (lead == 0xf4 && second < 0x90);
        if (four) {
            return continuation(at, 3);
        }
        throw payload.unexpected(at, "text in UTF-8");
    }

    private int continuation(int lead, int count) {
        for (int at = lead + 1; at <= lead + count; at++) {
            if ((payload.bytes[at] & 0xc0) != 0x80) {
                throw payload.unexpected(at, "the rest of a character in UTF-8");
            }
        }
        return lead + count + 1;
    }
}
