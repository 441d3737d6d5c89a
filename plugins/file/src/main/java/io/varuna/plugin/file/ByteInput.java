package io.varuna.plugin.file;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads a file byte by byte, and knows where it is in the unpacked content. */
final class ByteInput implements Closeable {
    private final InputStream in;
    private final byte[] buffer = new byte[1 << 16];
    private int next;
    private int end;
    private long consumed;

    private ByteInput(InputStream in, long offset) {
        this.in = in;
        this.consumed = offset;
    }

    /** Opens a file at an offset of its unpacked content. */
    static ByteInput open(Path file, Decompression decompression, long offset) throws IOException {
        SeekableByteChannel channel = Files.newByteChannel(file);
        try {
            if (decompression == Decompression.NONE) {
                channel.position(offset);
                return new ByteInput(Channels.newInputStream(channel), offset);
            }
            InputStream unpacked = decompression.open(Channels.newInputStream(channel));
            unpacked.skipNBytes(offset);
            return new ByteInput(unpacked, offset);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Returns the next byte without taking it, or -1 at the end. */
    int peek() throws IOException {
        if (next == end) {
            next = 0;
            end = Math.max(0, in.read(buffer));
            if (end == 0) {
                return -1;
            }
        }
        return buffer[next] & 0xff;
    }

    /** Returns the next byte, or -1 at the end. */
    int read() throws IOException {
        int value = peek();
        if (value >= 0) {
            next++;
            consumed++;
        }
        return value;
    }

    /** Takes the bytes before the next line feed, and it, if the whole line is at hand; otherwise returns null. */
    byte @Nullable [] takeLine() {
        for (int at = next; at < end; at++) {
            if (buffer[at] == '\n') {
                byte[] line = Arrays.copyOfRange(buffer, next, at);
                consumed += at + 1 - next;
                next = at + 1;
                return line;
            }
        }
        return null;
    }

    /** Returns how much of the unpacked content was taken, from the start of the file. */
    long offset() {
        return consumed;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
