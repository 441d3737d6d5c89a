package io.varuna.plugin.file;

import io.varuna.api.source.Position;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Deals with files that were read to the end, once all their records are safe. */
final class Settlement {
    private final AfterRead action;
    private final String where;
    /** Filled by whoever commits, who must never wait for a poll. */
    private final Queue<Position> committed = new ConcurrentLinkedQueue<>();

    private final Map<Path, FileMark> waiting = new HashMap<>();
    private final Map<String, Long> safe = new HashMap<>();

    Settlement(AfterRead action, String where) {
        this.action = action;
        this.where = where;
    }

    /** Notes that records up to a position are safe. May be called from any thread. */
    void committed(Position position) {
        if (needsCommits()) {
            committed.add(position);
        }
    }

    /** Tells whether something is done with files at all. */
    boolean needsCommits() {
        return !(action instanceof AfterRead.Keep);
    }

    /** Tells whether files wait for their records to be safe. */
    boolean isWaiting() {
        return !waiting.isEmpty();
    }

    /** Notes that a file was read to the end: the last record that was emitted has the mark. */
    void finished(Path file, FileMark last) {
        if (needsCommits()) {
            waiting.put(file, last);
        }
    }

    /** Deals with the files that can be dealt with now. */
    void settle() throws IOException {
        for (Position position = committed.poll(); position != null; position = committed.poll()) {
            safe.put(
                    position.partition(),
                    FileMark.ofOffset(position.offset(), where).bytes());
        }
        Iterator<Map.Entry<Path, FileMark>> files = waiting.entrySet().iterator();
        while (files.hasNext()) {
            Map.Entry<Path, FileMark> file = files.next();
            String partition = FileReading.partition(file.getKey());
            if (safe.getOrDefault(partition, 0L) >= file.getValue().bytes()) {
                action.apply(file.getKey());
                safe.remove(partition);
                files.remove();
            }
        }
    }
}
