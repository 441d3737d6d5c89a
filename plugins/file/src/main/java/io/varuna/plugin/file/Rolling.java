package io.varuna.plugin.file;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/**
 * When a file is full, and what its name is.
 *
 * @param interval zero for never
 * @param size in bytes; zero for any
 */
record Rolling(Duration interval, long count, long size, NamePattern pattern) {
    /** Where the time stands in the name of a file. */
    enum NamePattern {
        /** Nowhere in the name of the current file; a full one gets the time behind its name. */
        NONE,
        PREFIX,
        SUFFIX;

        static NamePattern of(String name, String where) {
            return switch (name) {
                case "", "none" -> NONE;
                case "prefix" -> PREFIX;
                case "suffix" -> SUFFIX;
                default -> throw new VarunaException(
                        StandardError.INVALID_PROPERTY,
                        where + " has 'rollingNamePattern' '" + name + "'. It takes: prefix, suffix, none");
            };
        }
    }

    /** Tells whether a file takes no more. */
    boolean isFull(OutputFile file, Instant now) {
        return file.messages() >= count
                || (size > 0 && file.size() >= size)
                || (!interval.isZero() && !now.isBefore(file.opened().plus(interval)));
    }

    /** Returns how many more messages a file takes. */
    long room(OutputFile file) {
        return count - file.messages();
    }

    /** Returns the path of a file that is begun now. */
    Path begun(Path path, Instant now) {
        return switch (pattern) {
            case NONE -> path;
            case PREFIX -> free(path.resolveSibling(now.toEpochMilli() + "-" + path.getFileName()));
            case SUFFIX -> stamped(path, now);
        };
    }

    /** Returns the path of a full file, which is another one where the next file takes its name. */
    Path full(Path path, Instant now) {
        return pattern == NamePattern.NONE ? stamped(path, now) : path;
    }

    private static Path stamped(Path path, Instant now) {
        String name = String.valueOf(path.getFileName());
        int dot = name.lastIndexOf('.');
        String base = dot > 0 ? name.substring(0, dot) : name;
        return free(path.resolveSibling(base + "-" + now.toEpochMilli() + name.substring(base.length())));
    }

    /** Several files may be begun within a millisecond. */
    private static Path free(Path path) {
        String name = String.valueOf(path.getFileName());
        int dot = name.lastIndexOf('.');
        String base = dot > 0 ? name.substring(0, dot) : name;
        Path free = path;
        for (int number = 1; Files.exists(free); number++) {
            free = path.resolveSibling(base + "-" + number + name.substring(base.length()));
        }
        return free;
    }
}
