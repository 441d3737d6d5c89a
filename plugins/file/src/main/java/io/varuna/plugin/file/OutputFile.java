package io.varuna.plugin.file;

import io.varuna.api.codec.ByteOutput;
import io.varuna.api.sink.Message;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file that is being written. It is whole after every write: what closes it is overwritten by the next one. Locked, so that
 * two sinks cannot garble it.
 */
final class OutputFile implements Closeable {
    private static final int FIRST_ROOM = 1 << 14;
    private static final int MOST_KEPT = 1 << 20;

    private Path path;
    private final FileFormat format;
    private final FileChannel channel;
    private final Instant opened;
    private final boolean created;
    private final byte[] closing;
    /** Where messages are put together; used again for the next ones. */
    private ByteOutput room = new ByteOutput(FIRST_ROOM);
    /** Where the next message goes. */
    private long end;

    private long messages;
    private long keptEnd;
    private long keptMessages;

    /** What is written how. */
    record FileFormat(OutputFormat type, Packing packing, boolean header, char delimiter) {}

    private OutputFile(Path path, FileFormat format, FileChannel channel, Instant opened, boolean created)
            throws IOException {
        this.path = path;
        this.format = format;
        this.channel = channel;
        this.opened = opened;
        this.created = created;
        this.closing = format.packing.pack(format.type.closing());
        this.end = endOfMessages();
        this.keptEnd = end;
    }

    /** Opens a file to add to what it has. */
    static OutputFile open(Path path, FileFormat format, Instant now) throws IOException {
        Path directory = path.getParent();
        if (directory != null) {
            Files.createDirectories(directory);
        }
        boolean created = !Files.exists(path);
        FileChannel channel =
                FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            lock(channel, path);
            return new OutputFile(path, format, channel, now, created);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static void lock(FileChannel channel, Path path) throws IOException {
        try {
            if (channel.tryLock() != null) {
                return;
            }
        } catch (OverlappingFileLockException e) {
            throw inUse(path, e);
        }
        throw inUse(path, null);
    }

    private static IOException inUse(Path path, @Nullable Exception cause) {
        IOException failure = new FileSystemException(
                path.toString(), null, "somebody else writes this file. Give every sink a path of its own");
        if (cause != null) {
            failure.initCause(cause);
        }
        return failure;
    }

    /** Finds the end of an older file's messages: before what closes it. A torn last line is ended. */
    private long endOfMessages() throws IOException {
        long size = channel.size();
        if (size == 0) {
            return 0;
        }
        if (closing.length > 0) {
            if (size >= closing.length && Arrays.equals(read(size - closing.length, closing.length), closing)) {
                return size - closing.length;
            }
            throw new FileSystemException(
                    path.toString(),
                    null,
                    "the file does not end as this sink ends files. Move it away, or write to another");
        }
        boolean torn = format.packing == Packing.NONE && read(size - 1, 1)[0] != '\n';
        if (torn) {
            write(new byte[] {'\n'}, 1, size);
            return size + 1;
        }
        return size;
    }

    private byte[] read(long position, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        int count = 0;
        while (bytes.hasRemaining() && count >= 0) {
            count = channel.read(bytes, position + bytes.position());
        }
        return bytes.array();
    }

    Path path() {
        return path;
    }

    /** Gives the file another name. */
    void moveTo(Path target) throws IOException {
        Files.move(path, target);
        path = target;
    }

    Instant opened() {
        return opened;
    }

    long size() {
        return end;
    }

    long messages() {
        return messages;
    }

    /** Writes messages; they count when {@link #keep} is called. */
    void write(List<Message> added) throws IOException {
        ByteOutput piece = room;
        piece.size(0);
        boolean empty = end == 0;
        if (empty) {
            piece.write(format.type.opening(added.get(0), format.header, format.delimiter));
        }
        int opened = piece.size();
        for (Message message : added) {
            if (format.type.write(message, empty, piece)) {
                messages++;
                empty = false;
            }
        }
        if (piece.size() == opened) {
            return;
        }
        ByteOutput content = format.packing.pack(piece);
        int length = content.size();
        content.write(closing);
        write(content.array(), content.size(), end);
        end += length;
        if (piece.size() > MOST_KEPT) {
            room = new ByteOutput(FIRST_ROOM);
        }
    }

    private void write(byte[] content, int length, long position) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(content, 0, length);
        while (bytes.hasRemaining()) {
            channel.write(bytes, position + bytes.position());
        }
    }

    /** Lets what was written count. */
    void keep() {
        keptEnd = end;
        keptMessages = messages;
    }

    /** Takes back what was written since {@link #keep}. */
    void undo() throws IOException {
        end = keptEnd;
        messages = keptMessages;
        channel.truncate(end);
        if (end > 0) {
            write(closing, closing.length, end);
        } else if (created) {
            Files.deleteIfExists(path);
        }
    }

    void flush() throws IOException {
        channel.force(true);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
