package io.varuna.api.codec;

import java.io.OutputStream;
import java.util.Arrays;

/**
 * Bytes in an array that grows and can be used again. Who writes many small pieces {@linkplain #reserve reserves} room, puts
 * them into the {@linkplain #array array} from {@link #size} on, and says where they {@linkplain #size(int) end}. Not
 * thread-safe.
 */
public final class ByteOutput extends OutputStream {
    private byte[] bytes;
    private int size;

    /** Creates an output without bytes that has room for some. */
    public ByteOutput(int capacity) {
        bytes = new byte[capacity];
    }

    /** Returns the array that has the bytes; another one after room was reserved. */
    public byte[] array() {
        return bytes;
    }

    /** Returns the number of bytes. */
    public int size() {
        return size;
    }

    /** Sets the number of bytes: less than there were, or more after they were put into the array. */
    public void size(int bytesInArray) {
        if (bytesInArray < 0 || bytesInArray > bytes.length) {
            throw new IllegalArgumentException(bytesInArray + " bytes in an array of " + bytes.length);
        }
        size = bytesInArray;
    }

    /** Makes room for so many further bytes, and returns the array that has it. */
    public byte[] reserve(int further) {
        if (bytes.length - size < further) {
            bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(size, further), (int) Math.min(2L * size, 1 << 30)));
        }
        return bytes;
    }

    @Override
    public void write(int value) {
        reserve(1)[size++] = (byte) value;
    }

    @Override
    public void write(byte[] from, int offset, int length) {
        System.arraycopy(from, offset, reserve(length), size, length);
        size += length;
    }

    @Override
    public void write(byte[] from) {
        write(from, 0, from.length);
    }

    /** Returns a copy of the bytes. */
    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }
}
