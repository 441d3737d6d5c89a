package io.varuna.plugin.file;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * The files of a directory that are to be read, oldest first. A file is taken when it looks the same at two scans, since one
 * that is still being written changes. Hidden files and directories are left out.
 */
final class Candidates {
    private final Path directory;
    private final Queue<Path> ready = new ArrayDeque<>();
    private final Map<Path, Look> read = new HashMap<>();
    private Map<Path, Look> before = Map.of();

    Candidates(Path directory) {
        this.directory = directory;
    }

    /** Returns the next file, or null if there is none now; scans the directory when all of the last scan are read. */
    @Nullable
    Path next() throws IOException {
        if (ready.isEmpty()) {
            scan();
        }
        return ready.poll();
    }

    private void scan() throws IOException {
        Map<Path, Look> now = new HashMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                look(file, now);
            }
        }
        List<Path> settled = new ArrayList<>();
        now.forEach((file, look) -> {
            if (look.equals(before.get(file)) && !look.equals(read.get(file))) {
                settled.add(file);
            }
        });
        settled.sort(Comparator.comparing((Path file) -> lookOf(now, file).modified())
                .thenComparing(Path::toString));
        ready.addAll(settled);
        // what is gone may come again under its name
        read.keySet().retainAll(now.keySet());
        before = now;
        settled.forEach(file -> read.put(file, lookOf(now, file)));
    }

    private static Look lookOf(Map<Path, Look> looks, Path file) {
        return looks.getOrDefault(file, Look.NONE);
    }

    private static void look(Path file, Map<Path, Look> looks) throws IOException {
        try {
            if (!String.valueOf(file.getFileName()).startsWith(".") && !Files.isHidden(file)) {
                BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
                if (attributes.isRegularFile()) {
                    looks.put(file, Look.at(attributes));
                }
            }
        } catch (NoSuchFileException e) {
            // gone since the directory was listed: nothing to read
            looks.remove(file);
        }
    }

    /** Lets a file that could not be read come again. */
    void again(Path file) {
        read.remove(file);
    }
}
