package io.varuna.plugin.file;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Reads a file block by block, and knows where it is in the unpacked content. What was not taken yet is at hand, in an array,
 * from {@link #start} to {@link #end}; places are counted from {@link #start}, since what is at hand moves when more is read.
 */
final class ByteInput implements Closeable {
    private static final int BLOCK = 1 << 16;

    private final InputStream in;
    private byte[] bytes;
    private int start;
    private int end;
    private long offset;

    /**
     * Creates an input.
     *
     * @param offset how much of the unpacked content is before what is read
     * @param block how many bytes are read at once
     */
    ByteInput(InputStream in, long offset, int block) {
        this.in = in;
        this.offset = offset;
        this.bytes = new byte[block + Bytes.SLACK];
    }

    /** Opens a file at an offset of its unpacked content. */
    static ByteInput open(Path file, Decompression decompression, long offset) throws IOException {
        SeekableByteChannel channel = Files.newByteChannel(file);
        try {
            if (decompression == Decompression.NONE) {
                channel.position(offset);
                return new ByteInput(Channels.newInputStream(channel), offset, BLOCK);
            }
            InputStream unpacked = decompression.open(Channels.newInputStream(channel));
            unpacked.skipNBytes(offset);
            return new ByteInput(unpacked, offset, BLOCK);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Returns the array with what is at hand, and {@link Bytes#SLACK} bytes more; another one after more was read. */
    byte[] bytes() {
        return bytes;
    }

    /** Returns where in the array that begins which was not taken yet. */
    int start() {
        return start;
    }

    /** Returns where in the array that ends which is at hand. */
    int end() {
        return end;
    }

    /** Returns how many bytes are at hand. */
    int size() {
        return end - start;
    }

    /** Returns the byte at a place of what is at hand. */
    int at(int place) {
        return bytes[start + place] & 0xff;
    }

    /** Reads more, so that twice as much is at hand if need be; false if there is no more. Nothing is taken. */
    boolean more() throws IOException {
        if (start > 0) {
            System.arraycopy(bytes, start, bytes, 0, end - start);
            end -= start;
            start = 0;
        }
        if (end == bytes.length - Bytes.SLACK) {
            bytes = Arrays.copyOf(bytes, Math.addExact(2 * end, Bytes.SLACK));
        }
        int read = in.readNBytes(bytes, end, bytes.length - Bytes.SLACK - end);
        end += read;
        return read > 0;
    }

    /** Takes bytes that are at hand; they stay in the array until more is read. */
    void take(int count) {
        start += count;
        offset += count;
    }

    /** Returns how much of the unpacked content was taken, from the start of the file. */
    long offset() {
        return offset;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
