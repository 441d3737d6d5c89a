package io.varuna.plugin.file;

import io.varuna.api.sink.Message;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is written to one path: a file, and when it is full the next. Either all of a batch is written, or nothing. */
final class RollingFile implements Closeable {
    private final Path path;
    private final OutputFile.FileFormat format;
    private final Rolling rolling;
    private final List<OutputFile> full = new ArrayList<>();
    private final List<Message> pending = new ArrayList<>();
    private @Nullable OutputFile current;
    private @Nullable OutputFile before;

    RollingFile(Path path, OutputFile.FileFormat format, Rolling rolling) {
        this.path = path;
        this.format = format;
        this.rolling = rolling;
    }

    /** Adds a message to the batch. */
    void add(Message message) {
        pending.add(message);
    }

    /** Adds messages to the batch. */
    void addAll(List<Message> messages) {
        pending.addAll(messages);
    }

    /** Writes the batch; {@link #keep} or {@link #undo} follows. */
    void write(Instant now) throws IOException {
        before = current;
        int next = 0;
        while (next < pending.size()) {
            OutputFile file = current;
            if (file != null && rolling.isFull(file, now)) {
                full.add(file);
                file = null;
            }
            if (file == null) {
                current = null;
                // a full file that has its name still keeps it until the batch is written
                file = OutputFile.open(nextPath(now), format, now);
                current = file;
            }
            int count = count(file, next);
            file.write(pending.subList(next, next + count));
            next += count;
        }
    }

    /** Returns how many of the messages go into a file before it is full. */
    private int count(OutputFile file, int first) {
        long room = Math.min(pending.size() - first, rolling.room(file));
        if (rolling.size() == 0) {
            return (int) room;
        }
        long size = file.size();
        int count = 0;
        while (count < room && size < rolling.size()) {
            size += pending.get(first + count).size();
            count++;
        }
        return count;
    }

    private Path nextPath(Instant now) throws IOException {
        for (OutputFile file : full) {
            if (file.path().equals(path)) {
                file.moveTo(rolling.full(path, now));
            }
        }
        return rolling.begun(path, now);
    }

    /** Lets the batch count, and closes the files that are full. */
    void keep() throws IOException {
        pending.clear();
        if (current != null) {
            current.keep();
        }
        for (OutputFile file : full) {
            file.keep();
            file.flush();
            file.close();
        }
        full.clear();
    }

    /** Takes the batch back: files that were begun for it are gone, and the one before goes on. */
    void undo() throws IOException {
        pending.clear();
        if (current != null) {
            full.add(current);
        }
        current = before;
        for (OutputFile file : full) {
            file.undo();
            if (file != before) {
                file.close();
            }
        }
        full.clear();
        if (before != null
                && rolling.pattern() == Rolling.NamePattern.NONE
                && !before.path().equals(path)) {
            before.moveTo(path);
        }
    }

    void flush() throws IOException {
        if (current != null) {
            current.flush();
        }
    }

    @Override
    public void close() throws IOException {
        if (current != null) {
            current.close();
        }
    }
}
