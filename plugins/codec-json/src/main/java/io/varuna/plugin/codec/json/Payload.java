package io.varuna.plugin.codec.json;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import java.nio.ByteBuffer;

/** The bytes that are being read, followed by zeros, which are part of no JSON: so nobody has to ask whether it ends. */
final class Payload {
    private static final int PADDING = 2 * Long.BYTES + Literal.LONGEST;
    private static final int LARGEST_KEPT = 1 << 20;
    private static final int BYTE_ORDER_MARK = 0xbfbbef;
    private static final int TRUE = 0x65757274;
    private static final int ALSE = 0x65736c61;
    private static final int NULL = 0x6c6c756e;

    byte[] bytes = new byte[1024];
    int end;

    /** Copies a payload; its position stays. */
    void load(ByteBuffer from) {
        end = from.remaining();
        int needed = Math.addExact(end, PADDING);
        if (bytes.length < needed || (bytes.length > LARGEST_KEPT && needed < LARGEST_KEPT)) {
            bytes = new byte[Math.max(needed, 1024)];
        }
        if (from.hasArray()) {
            System.arraycopy(from.array(), from.arrayOffset() + from.position(), bytes, 0, end);
        } else {
            from.get(from.position(), bytes, 0, end);
        }
        Words.put(bytes, end, 0);
        Words.put(bytes, end + Long.BYTES, 0);
    }

    /** Returns where the JSON begins. */
    int start() {
        return skipSpace((Words.at(bytes, 0) & 0xffffff) == BYTE_ORDER_MARK ? 3 : 0);
    }

    int skipSpace(int from) {
        int at = from;
        while (bytes[at] == ' ' || bytes[at] == '\n' || bytes[at] == '\r' || bytes[at] == '\t') {
            at++;
        }
        return at;
    }

    int skipTrue(int at) {
        return (int) Words.at(bytes, at) == TRUE ? at + 4 : skipWord(at, "true");
    }

    int skipFalse(int at) {
        // what comes after the f, which has been seen
        return (int) Words.at(bytes, at + 1) == ALSE ? at + 5 : skipWord(at, "false");
    }

    int skipNull(int at) {
        return (int) Words.at(bytes, at) == NULL ? at + 4 : skipWord(at, "null");
    }

    private int skipWord(int at, String word) {
        for (int i = 0; i < word.length(); i++) {
            if (bytes[at + i] != word.charAt(i)) {
                throw unexpected(at + i, "'" + word + "'");
            }
        }
        return at + word.length();
    }

    /** Returns what to say about a byte that is not what the grammar asks for. */
    VarunaException unexpected(int at, String wanted) {
        if (at >= end) {
            return malformed("The JSON ends too early, at byte " + end);
        }
        int found = bytes[at] & 0xff;
        String shown = found > ' ' && found < 0x7f ? "'" + (char) found + "'" : String.format("a byte 0x%02x", found);
        return malformed("Not JSON at byte " + at + ": there is " + shown + " where " + wanted + " should be");
    }

    static VarunaException malformed(String message) {
        return new VarunaException(StandardError.MALFORMED_RECORD, message);
    }
}
