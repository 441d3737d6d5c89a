package io.varuna.plugin.file;

import io.varuna.api.sink.Batch;
import io.varuna.api.sink.Message;
import io.varuna.api.sink.Sink;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Sorts messages into files by their path. */
final class FileWriting implements Sink {
    /** Paths with placeholders may stand for any number of files; those that were used last stay open. */
    private static final int MOST_OPEN = 64;

    private final String template;
    private final boolean hasPlaceholders;
    private final Function<String, Path> paths;
    private final Function<Path, RollingFile> opener;
    private final Clock clock;
    /** By path, the one that was used last being the last. */
    private final Map<Path, RollingFile> files = new LinkedHashMap<>(16, 0.75f, true);

    FileWriting(String template, Function<String, Path> paths, Function<Path, RollingFile> opener, Clock clock) {
        this.template = template;
        this.hasPlaceholders = template.contains("{{");
        this.paths = paths;
        this.opener = opener;
        this.clock = clock;
    }

    @Override
    public void write(Batch batch) throws Exception {
        List<Message> messages = batch.messages();
        List<Path> targets = hasPlaceholders ? targets(messages) : List.of(paths.apply(template));
        Set<RollingFile> used = new LinkedHashSet<>();
        if (targets.size() == 1) {
            RollingFile file = files.computeIfAbsent(targets.get(0), opener);
            file.addAll(messages);
            used.add(file);
        } else {
            for (int i = 0; i < messages.size(); i++) {
                RollingFile file = files.computeIfAbsent(targets.get(i), opener);
                file.add(messages.get(i));
                used.add(file);
            }
        }
        writeAll(used);
        closeLeastUsed();
    }

    private List<Path> targets(List<Message> messages) {
        List<Path> targets = new ArrayList<>(messages.size());
        String last = null;
        for (Message message : messages) {
            String path = message.fill(template);
            // most messages go where the one before goes
            targets.add(path.equals(last) ? targets.get(targets.size() - 1) : paths.apply(path));
            last = path;
        }
        return targets;
    }

    private void writeAll(Set<RollingFile> used) throws IOException {
        Instant now = clock.instant();
        try {
            for (RollingFile file : used) {
                file.write(now);
            }
        } catch (IOException | RuntimeException e) {
            for (RollingFile file : used) {
                try {
                    file.undo();
                } catch (IOException | RuntimeException undoing) {
                    e.addSuppressed(undoing);
                }
            }
            throw e;
        }
        for (RollingFile file : used) {
            file.keep();
        }
    }

    private void closeLeastUsed() throws IOException {
        Iterator<RollingFile> oldest = files.values().iterator();
        while (files.size() > MOST_OPEN && oldest.hasNext()) {
            RollingFile file = oldest.next();
            oldest.remove();
            file.flush();
            file.close();
        }
    }

    @Override
    public void flush() throws IOException {
        for (RollingFile file : files.values()) {
            file.flush();
        }
    }

    @Override
    public void close() throws IOException {
        IOException failure = null;
        for (RollingFile file : files.values()) {
            try {
                file.close();
            } catch (IOException e) {
                failure = e;
            }
        }
        files.clear();
        if (failure != null) {
            throw failure;
        }
    }
}
