package io.varuna.plugin.file;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Looks for bytes in an array, eight at a time. */
final class Bytes {
    /** So many bytes of the array behind the last one may be looked at. */
    static final int SLACK = Long.BYTES;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHEST = 0x8080808080808080L;

    private Bytes() {}

    /** Returns where a byte is first, or {@code end} if it is not before that. */
    static int find(byte[] bytes, int from, int end, char wanted) {
        long all = wanted * ONES;
        for (int at = from; at < end; at += Long.BYTES) {
            long found = zeros((long) LONGS.get(bytes, at) ^ all);
            if (found != 0) {
                return Math.min(at + (Long.numberOfTrailingZeros(found) >>> 3), end);
            }
        }
        return end;
    }

    /** Returns where one of two bytes is first, or {@code end} if none is before that. */
    static int find(byte[] bytes, int from, int end, char wanted, char orThis) {
        long all = wanted * ONES;
        long others = orThis * ONES;
        for (int at = from; at < end; at += Long.BYTES) {
            long word = (long) LONGS.get(bytes, at);
            long found = zeros(word ^ all) | zeros(word ^ others);
            if (found != 0) {
                return Math.min(at + (Long.numberOfTrailingZeros(found) >>> 3), end);
            }
        }
        return end;
    }

    /** Marks bytes that are zero by their highest bits; exactly up to the first one. */
    private static long zeros(long word) {
        return (word - ONES) & ~word & HIGHEST;
    }
}
