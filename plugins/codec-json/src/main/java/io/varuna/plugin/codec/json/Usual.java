package io.varuna.plugin.codec.json;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a value that nobody asks for was in the records before. Much of what machines write is the same for hours; such a value
 * was checked once and is compared from then on. One that keeps changing is soon not compared any more.
 */
final class Usual {
    /** A value is compared as long as it stays for so many records. */
    private static final int SHORTEST = 64;

    private final UsualForm form = new UsualForm();
    /** The value and the byte after it, without which 12 would be taken for the beginning of 123. */
    private @Nullable Literal value;

    private long since;

    /** Creates what a value usually is that has been seen once, in the record with number 0. */
    Usual(byte[] bytes, int start, int end) {
        value = of(bytes, start, end);
    }

    private static @Nullable Literal of(byte[] bytes, int start, int end) {
        return end - start < Literal.LONGEST && isFlat(bytes, start, end)
                ? new Literal(Arrays.copyOfRange(bytes, start, end + 1))
                : null;
    }

    /** Tells whether a value is no deeper than an array of scalars: how deep values may be depends on what is around them. */
    static boolean isFlat(byte[] bytes, int start, int end) {
        for (int at = start + 1; at < end; at++) {
            if (bytes[at] == '[' || bytes[at] == '{') {
                return false;
            }
        }
        return true;
    }

    /** Returns where the value ends that begins at {@code start} if it is the usual one, or has its form, otherwise -1. */
    int end(byte[] bytes, int start) {
        Literal usual = value;
        if (usual != null) {
            return usual.isAt(bytes, start) ? start + usual.length() - 1 : -1;
        }
        return form.end(bytes, start);
    }

    /** Takes note of another value, which has been checked. */
    void changed(byte[] bytes, int start, int end, boolean quoted, long record) {
        if (value == null) {
            form.surprised(bytes, start, end, quoted, record);
            return;
        }
        value = record - since < SHORTEST ? null : of(bytes, start, end);
        since = record;
        if (value == null) {
            form.learn(bytes, start, end, quoted);
        }
    }
}
