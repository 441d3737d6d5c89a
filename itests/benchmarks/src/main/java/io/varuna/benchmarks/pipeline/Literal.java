package io.varuna.benchmarks.pipeline;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Bytes that are compared eight at a time. */
final class Literal {
    static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final int length;
    /** The bytes in words; the last word has the last eight bytes, which overlap those before. */
    private final long[] words;

    private final int last;
    private final long mask;

    Literal(byte[] bytes, int from, int to) {
        this.length = to - from;
        byte[] padded = Arrays.copyOf(Arrays.copyOfRange(bytes, from, to), Math.max(length, Long.BYTES));
        this.last = padded.length - Long.BYTES;
        this.mask = length >= Long.BYTES ? -1L : (1L << (length * Byte.SIZE)) - 1;
        this.words = new long[last / Long.BYTES + 1];
        for (int i = 0; i < words.length - 1; i++) {
            words[i] = (long) LONGS.get(padded, i * Long.BYTES);
        }
        words[words.length - 1] = (long) LONGS.get(padded, last);
    }

    int length() {
        return length;
    }

    /** Tells whether the bytes are there; may look at up to eight bytes behind them. */
    boolean isAt(byte[] bytes, int at) {
        for (int i = 0; i < words.length - 1; i++) {
            if ((long) LONGS.get(bytes, at + i * Long.BYTES) != words[i]) {
                return false;
            }
        }
        return ((long) LONGS.get(bytes, at + last) & mask) == words[words.length - 1];
    }
}
