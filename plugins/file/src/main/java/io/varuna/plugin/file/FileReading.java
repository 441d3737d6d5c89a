package io.varuna.plugin.file;

import io.varuna.api.error.VarunaException;
import io.varuna.api.source.PollingSource;
import io.varuna.api.source.Position;
import io.varuna.api.source.SourceOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a file once or at an interval, or the files of a directory as they come; some records at every poll. */
final class FileReading implements PollingSource {
    private static final int RECORDS_PER_POLL = 4_096;
    private static final Duration WAIT_FOR_COMMIT = Duration.ofMillis(100);

    private final Plan plan;
    private final FileLayout layout;
    private final Settlement settlement;
    private final @Nullable Candidates candidates;
    private final Map<String, FileMark> read = new HashMap<>();
    private @Nullable Reading current;
    private boolean idle;
    /** Whether a file that is read at an interval was just read. */
    private boolean pausing;
    /** Whether there will never be more. */
    private boolean done;

    /**
     * What is read when.
     *
     * @param interval between two readings of a file, or two looks at a directory; zero to read a file once
     * @param sendInterval between two records
     */
    record Plan(Path path, boolean directory, Duration interval, Duration sendInterval, String where) {}

    /** The file that is being read. */
    private static final class Reading {
        private final Path file;
        private final FileRecords records;
        private final Map<String, @Nullable Object> metadata;
        private FileMark mark;

        Reading(Path file, FileRecords records, FileMark mark) {
            this.file = file;
            this.records = records;
            this.metadata = Map.of("file", file.toString());
            this.mark = mark;
        }
    }

    FileReading(Plan plan, FileLayout layout, AfterRead afterRead, List<Position> restored) {
        this.plan = plan;
        this.layout = layout;
        this.settlement = new Settlement(afterRead, plan.where);
        this.candidates = plan.directory ? new Candidates(plan.path) : null;
        for (Position position : restored) {
            read.put(position.partition(), FileMark.ofOffset(position.offset(), plan.where));
            settlement.committed(position);
        }
    }

    /** Returns the name of a file's partition. */
    static String partition(Path file) {
        return String.valueOf(file.getFileName());
    }

    @Override
    public synchronized Duration interval() {
        if (!idle) {
            return plan.sendInterval;
        }
        return plan.interval.isZero() ? WAIT_FOR_COMMIT : plan.interval;
    }

    @Override
    public void committed(Position position) {
        settlement.committed(position);
    }

    @Override
    public synchronized boolean poll(Instant trigger, SourceOutput out) throws Exception {
        settlement.settle();
        int left = plan.sendInterval.isZero() ? RECORDS_PER_POLL : 1;
        idle = false;
        while (left > 0) {
            Reading reading = current;
            if (reading == null) {
                reading = begin();
                current = reading;
            }
            if (reading == null) {
                idle = true;
                settlement.settle();
                return !done || settlement.isWaiting();
            }
            left -= read(reading, left, out);
        }
        return true;
    }

    /** Opens the next file; null if there is nothing to read now. */
    private @Nullable Reading begin() throws IOException {
        Path file = nextFile();
        if (file == null) {
            return null;
        }
        try {
            FileMark before = read.get(partition(file));
            boolean readOn = before != null && before.isOf(file, !settlement.needsCommits());
            FileMark mark = readOn && before != null ? before : FileMark.start(file);
            return new Reading(file, layout.open(file, mark.bytes()), mark);
        } catch (NoSuchFileException e) {
            // somebody else took it away
            return null;
        }
    }

    private @Nullable Path nextFile() throws IOException {
        if (candidates != null) {
            return candidates.next();
        }
        if (done || pausing) {
            pausing = false;
            return null;
        }
        if (!Files.exists(plan.path)) {
            if (settlement.needsCommits()) {
                return null;
            }
            throw new NoSuchFileException(plan.path.toString(), null, "the file does not exist");
        }
        return plan.path;
    }

    /** Emits records and returns how many, or ends the file and returns 0. */
    private int read(Reading reading, int most, SourceOutput out) throws Exception {
        try {
            int count = reading.records.next(most);
            if (count == 0) {
                end(reading, true, out);
                return 0;
            }
            FileMark before = reading.mark;
            reading.records.emit(out, reading.metadata, offset -> position(reading, before.at(offset)));
            reading.mark = before.at(reading.records.offset());
            return count;
        } catch (VarunaException e) {
            // the rest cannot be read: the file stays where it is
            out.reject(e, null);
            end(reading, false, out);
            return 0;
        } catch (IOException e) {
            abandon(reading);
            throw e;
        }
    }

    private static Position position(Reading reading, FileMark mark) {
        return new Position(partition(reading.file), mark.toOffset());
    }

    private void end(Reading reading, boolean complete, SourceOutput out) throws IOException {
        current = null;
        reading.records.close();
        pausing = true;
        if (complete) {
            settlement.finished(reading.file, reading.mark);
            if (settlement.isWaiting()) {
                out.requestCommit();
            }
        }
        boolean whole = candidates == null && !plan.interval.isZero();
        if (whole || settlement.needsCommits()) {
            read.remove(partition(reading.file));
        } else {
            read.put(partition(reading.file), reading.mark);
        }
        done = candidates == null && plan.interval.isZero();
    }

    /** Lets the file be read on later, from where the last record ended. */
    private void abandon(Reading reading) throws IOException {
        current = null;
        idle = true;
        read.put(partition(reading.file), reading.mark);
        if (candidates != null) {
            candidates.again(reading.file);
        }
        reading.records.close();
    }

    @Override
    public synchronized void close() throws IOException {
        if (current != null) {
            current.records.close();
            current = null;
        }
        settlement.settle();
    }
}
