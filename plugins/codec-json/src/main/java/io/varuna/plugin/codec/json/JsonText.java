package io.varuna.plugin.codec.json;

import io.varuna.api.codec.ByteOutput;
import java.nio.charset.StandardCharsets;

/** Adds texts in quotes to bytes, with escapes only where JSON asks for them. */
final class JsonText {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    /** A character takes so many bytes at most: as an escape. */
    private static final int LONGEST_ESCAPE = 6;

    private JsonText() {}

    /** Writes a text that is well-formed UTF-8 already. */
    static void write(byte[] utf8, int offset, int length, ByteOutput out) {
        byte[] bytes = out.reserve(length + 2 + Long.BYTES);
        int at = out.size();
        bytes[at++] = '"';
        int from = offset;
        int end = offset + length;
        while (from <= end - Long.BYTES) {
            long word = Words.at(utf8, from);
            if (Words.needsEscape(word)) {
                break;
            }
            Words.put(bytes, at, word);
            from += Long.BYTES;
            at += Long.BYTES;
        }
        while (from < end && !needsEscape(utf8[from])) {
            bytes[at++] = utf8[from++];
        }
        out.size(at);
        if (from < end) {
            writeEscaped(utf8, from, end, out);
        }
        out.write('"');
    }

    private static void writeEscaped(byte[] utf8, int offset, int end, ByteOutput out) {
        byte[] bytes = out.reserve(Math.multiplyExact(end - offset, LONGEST_ESCAPE));
        int at = out.size();
        for (int from = offset; from < end; from++) {
            byte unit = utf8[from];
            if (needsEscape(unit)) {
                at = putEscape((char) unit, bytes, at);
            } else {
                bytes[at++] = unit;
            }
        }
        out.size(at);
    }

    static void write(String text, ByteOutput out) {
        int length = text.length();
        byte[] bytes = out.reserve(Math.addExact(Math.multiplyExact(length, LONGEST_ESCAPE), 2));
        int at = out.size();
        bytes[at++] = '"';
        for (int i = 0; i < length; i++) {
            char unit = text.charAt(i);
            if (unit < 0x80) {
                if (needsEscape((byte) unit)) {
                    at = putEscape(unit, bytes, at);
                } else {
                    bytes[at++] = (byte) unit;
                }
            } else if (!Character.isSurrogate(unit)) {
                at += Surrogates.encode(unit, bytes, at);
            } else if (i + 1 < length && Character.isSurrogatePair(unit, text.charAt(i + 1))) {
                at += Surrogates.encode(Character.toCodePoint(unit, text.charAt(++i)), bytes, at);
            } else {
                // half of a pair has no form in UTF-8
                at = putUnit(unit, bytes, at);
            }
        }
        bytes[at++] = '"';
        out.size(at);
    }

    /** Tells whether JSON does not have a byte of UTF-8 as it is within a text. */
    private static boolean needsEscape(byte unit) {
        return unit == '"' || unit == '\\' || (unit >= 0 && unit < ' ');
    }

    private static int putEscape(char character, byte[] bytes, int at) {
        return switch (character) {
            case '"', '\\' -> putLetter(character, bytes, at);
            case '\n' -> putLetter('n', bytes, at);
            case '\r' -> putLetter('r', bytes, at);
            case '\t' -> putLetter('t', bytes, at);
            default -> putUnit(character, bytes, at);
        };
    }

    private static int putLetter(char letter, byte[] bytes, int at) {
        bytes[at] = '\\';
        bytes[at + 1] = (byte) letter;
        return at + 2;
    }

    private static int putUnit(char unit, byte[] bytes, int start) {
        bytes[start] = '\\';
        bytes[start + 1] = 'u';
        int at = start + 2;
        for (int shift = 12; shift >= 0; shift -= 4) {
            bytes[at++] = HEX[(unit >> shift) & 0xf];
        }
        return at;
    }
}
