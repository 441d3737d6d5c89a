package io.varuna.plugin.codec.json;

import java.util.Arrays;

/** A short piece of text that is looked for whole words at a time. */
final class Literal {
    /** The padding of a payload has room for so many bytes. */
    static final int LONGEST = 128;

    private final byte[] bytes;
    private final int length;
    private final long head;
    private final long mask;
    private final int tailAt;
    private final long tail;

    /** Creates a literal of at least one and at most {@link #LONGEST} bytes. */
    Literal(byte[] text) {
        this.bytes = Arrays.copyOf(text, Math.max(text.length, Long.BYTES));
        this.length = text.length;
        this.mask = length < Long.BYTES ? (1L << (Byte.SIZE * length)) - 1 : -1;
        this.head = Words.at(bytes, 0);
        this.tailAt = Math.max(length - Long.BYTES, 0);
        this.tail = Words.at(bytes, tailAt);
    }

    int length() {
        return length;
    }

    /** Returns a copy of the text. */
    byte[] text() {
        return Arrays.copyOf(bytes, length);
    }

    /** Tells whether the text stands at a place in a payload. */
    boolean isAt(byte[] payload, int at) {
        long others = (Words.at(payload, at) ^ head) | (Words.at(payload, at + tailAt) ^ tail);
        return (others & mask) == 0 && (tailAt <= Long.BYTES || middleIsAt(payload, at));
    }

    private boolean middleIsAt(byte[] payload, int at) {
        for (int i = Long.BYTES; i < tailAt; i += Long.BYTES) {
            if (Words.at(payload, at + i) != Words.at(bytes, i)) {
                return false;
            }
        }
        return true;
    }
}
