package io.varuna.engine.aggregate;

import io.varuna.engine.data.ColumnBatch;
import io.varuna.engine.data.ColumnVector;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Finds what belongs to the key of a row by the bytes of the key, without an object for it. What it does not find may be
 * known elsewhere: numbers that are equal have the same bytes, but texts that are strings already have none.
 *
 * @param <T> what belongs to a key
 */
final class GroupIndex<T> {
    private static final VarHandle EIGHT_BYTES =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final double EXACT = 1L << 53;
    private static final long FACTOR = 0x9E3779B97F4A7C15L;
    private static final int FIRST_SLOTS = 16;
    private static final int CELL = 1 + Long.BYTES;

    /** The key that was looked for last, in whole words. */
    private byte[] key = new byte[64];

    private int keyLength;
    private long keyHash;

    private byte[] keys = new byte[0];
    private int keysEnd;
    private int[] slots = new int[0];
    private long[] hashes = new long[0];
    private int[] ends = new int[0];
    private @Nullable Object[] values = new @Nullable Object[0];
    private int size;

    /** Returns what belongs to the key in the first columns of a row; null if it is not known here. */
    @Nullable
    T find(ColumnBatch batch, int columns, int row) {
        if (!encode(batch, columns, row) || size == 0) {
            return null;
        }
        int mask = slots.length - 1;
        for (int at = (int) (keyHash >>> 32) & mask; slots[at] != 0; at = (at + 1) & mask) {
            int entry = slots[at] - 1;
            if (hashes[entry] == keyHash && isKey(entry)) {
                @SuppressWarnings("unchecked") // only put by put
                T found = (T) values[entry];
                return found;
            }
        }
        return null;
    }

    private boolean isKey(int entry) {
        int from = entry == 0 ? 0 : ends[entry - 1];
        int length = ends[entry] - from;
        if (length != keyLength) {
            return false;
        }
        for (int i = 0; i < length; i += Long.BYTES) {
            if ((long) EIGHT_BYTES.get(keys, from + i) != (long) EIGHT_BYTES.get(key, i)) {
                return false;
            }
        }
        return true;
    }

    /** Makes what belongs to the key that was looked for last known, unless that key has no bytes. */
    void put(T value) {
        if (keyLength < 0) {
            return;
        }
        if (size == values.length) {
            grow();
        }
        if (keysEnd + keyLength > keys.length) {
            keys = Arrays.copyOf(keys, Math.max(2 * keys.length, keysEnd + keyLength));
        }
        System.arraycopy(key, 0, keys, keysEnd, keyLength);
        keysEnd += keyLength;
        hashes[size] = keyHash;
        ends[size] = keysEnd;
        values[size] = value;
        insert(size++);
    }

    private void insert(int entry) {
        int mask = slots.length - 1;
        int at = (int) (hashes[entry] >>> 32) & mask;
        while (slots[at] != 0) {
            at = (at + 1) & mask;
        }
        slots[at] = entry + 1;
    }

    /** Keeps at least half of the slots free. */
    private void grow() {
        int capacity = Math.max(FIRST_SLOTS / 2, 2 * values.length);
        values = Arrays.copyOf(values, capacity);
        hashes = Arrays.copyOf(hashes, capacity);
        ends = Arrays.copyOf(ends, capacity);
        slots = new int[2 * capacity];
        for (int i = 0; i < size; i++) {
            insert(i);
        }
    }

    /** Forgets all keys; the room is kept. */
    void clear() {
        Arrays.fill(slots, 0);
        Arrays.fill(values, 0, size, null);
        size = 0;
        keysEnd = 0;
    }

    /** Writes the key of a row as bytes: a tag and eight bytes for each column, and those of texts. */
    private boolean encode(ColumnBatch batch, int columns, int row) {
        int end = 0;
        for (int i = 0; i < columns; i++) {
            ColumnVector column = batch.column(i);
            byte tag = column.tags()[row];
            long bits = column.bits()[row];
            reserve(end + CELL + Long.BYTES);
            switch (tag) {
                case ColumnVector.MISSING, ColumnVector.NULL -> end = cell(end, ColumnVector.NULL, 0);
                case ColumnVector.LONG, ColumnVector.BOOLEAN -> end = cell(end, tag, bits);
                case ColumnVector.DOUBLE -> {
                    double number = Double.longBitsToDouble(bits);
                    boolean whole = number == Math.rint(number) && Math.abs(number) <= EXACT;
                    end = whole ? cell(end, ColumnVector.LONG, (long) number) : cell(end, tag, bits);
                }
                case ColumnVector.TEXT -> {
                    int length = column.textLength(row);
                    end = cell(end, tag, length);
                    reserve(end + length + Long.BYTES);
                    System.arraycopy(column.text(), column.textOffset(row), key, end, length);
                    end += length;
                }
                default -> {
                    keyLength = -1;
                    return false;
                }
            }
        }
        EIGHT_BYTES.set(key, end, 0L);
        keyLength = (end + Long.BYTES - 1) / Long.BYTES * Long.BYTES;
        keyHash = hash();
        return true;
    }

    private void reserve(int length) {
        if (length > key.length) {
            key = Arrays.copyOf(key, 2 * length);
        }
    }

    private int cell(int at, byte tag, long bits) {
        key[at] = tag;
        EIGHT_BYTES.set(key, at + 1, bits);
        return at + CELL;
    }

    private long hash() {
        long hash = keyLength;
        for (int i = 0; i < keyLength; i += Long.BYTES) {
            long mixed = hash ^ (long) EIGHT_BYTES.get(key, i);
            // both halves of the product: a weak hash would cost more than it saves
            hash = (mixed * FACTOR) ^ Math.multiplyHigh(mixed, FACTOR);
        }
        return hash;
    }
}
