package io.varuna.engine.vector;

import io.varuna.engine.data.ColumnVector;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** The beginning of a constant text, compared with others eight bytes at once; and hashes of texts. */
final class ShortText {
    private static final VarHandle EIGHT_BYTES =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long FACTOR = 0x9E3779B97F4A7C15L;

    private final int length;
    private final long key;
    private final long mask;

    /** Takes the text of row 0. */
    ShortText(ColumnVector constant) {
        this.length = constant.textLength(0);
        this.mask = length >= Long.BYTES ? -1 : (1L << (Long.BYTES * length)) - 1;
        this.key = (long) EIGHT_BYTES.get(constant.text(), constant.textOffset(0)) & mask;
    }

    /** Tells whether the text is longer than what is compared. */
    boolean isPart() {
        return length > Long.BYTES;
    }

    /** Mixes the bytes of a text, after which some more may be read, into one number. */
    static int hash(byte[] text, int from, int length) {
        long hash = length;
        int whole = length & -Long.BYTES;
        for (int i = 0; i < whole; i += Long.BYTES) {
            hash = mixed(hash ^ (long) EIGHT_BYTES.get(text, from + i));
        }
        if (whole < length) {
            long rest = (1L << (Byte.SIZE * (length - whole))) - 1;
            hash = mixed(hash ^ ((long) EIGHT_BYTES.get(text, from + whole) & rest));
        }
        return (int) (hash ^ (hash >>> 32));
    }

    private static long mixed(long bits) {
        return (bits * FACTOR) ^ Math.multiplyHigh(bits, FACTOR);
    }

    /**
     * Notes the rows whose texts, all of them being texts, are the same.
     *
     * @param same 1 for those that are the same, 0 for those that are not
     * @param kept where to put the rows
     * @param from how many are there already
     * @return how many are there then
     */
    int select(ColumnVector texts, int[] places, int count, int same, int[] kept, int from) {
        long[] bits = texts.bits();
        byte[] text = texts.text();
        long expected = key;
        long compared = mask;
        int bytes = length;
        int size = from;
        for (int i = 0; i < count; i++) {
            int row = places[i];
            long cell = bits[row];
            long eight = (long) EIGHT_BYTES.get(text, (int) (cell >>> 32));
            long difference = ((eight ^ expected) & compared) | ((int) cell ^ bytes);
            kept[size] = row;
            size += same ^ (int) ((difference | -difference) >>> 63);
        }
        return size;
    }

    /** Returns 0 if a text has the same length and beginning, otherwise 1; without a branch. */
    int differs(byte[] text, long bits) {
        long eight = (long) EIGHT_BYTES.get(text, (int) (bits >>> 32));
        long difference = ((eight ^ key) & mask) | ((int) bits ^ length);
        return (int) ((difference | -difference) >>> 63);
    }
}
