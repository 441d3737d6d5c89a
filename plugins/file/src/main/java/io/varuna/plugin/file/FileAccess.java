package io.varuna.plugin.file;

import io.varuna.api.error.ErrorCode;
import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Which files may be touched. With a root, relative paths are below it and everything else is refused; without one, relative
 * paths are below the working directory and absolute paths are taken as they are. Nobody climbs up with {@code ..}.
 */
final class FileAccess {
    /** The system property with the root. */
    static final String ROOT = "varuna.files.root";

    private final @Nullable Path root;

    FileAccess(@Nullable Path root) {
        this.root = root == null ? null : root.toAbsolutePath().normalize();
    }

    /** Returns the access that the system property {@value #ROOT} grants. */
    static FileAccess ofSystem() {
        String root = System.getProperty(ROOT, "");
        return new FileAccess(root.isBlank() ? null : Path.of(root));
    }

    /**
     * Returns the path that a text stands for, absolute.
     *
     * @param refusal the code of the exception where it may not be touched
     */
    Path resolve(String text, ErrorCode refusal) {
        Path given = path(text, refusal);
        for (Path name : given) {
            if (name.toString().equals("..")) {
                throw new VarunaException(refusal, "Path '" + text + "' climbs up with '..'. Give the path itself");
            }
        }
        Path path =
                (root == null ? given : root.resolve(given)).toAbsolutePath().normalize();
        if (root != null && !isWithin(root, path)) {
            throw new VarunaException(
                    refusal,
                    "Path '" + text + "' is outside of '" + root + "', which the system property '" + ROOT
                            + "' allows");
        }
        return path;
    }

    /** Returns the path of a name within a directory. */
    Path resolve(String directory, String name) {
        String text = directory.isEmpty() || name.isEmpty() ? directory + name : directory + "/" + name;
        if (text.isEmpty()) {
            throw new VarunaException(
                    StandardError.INVALID_STREAM, "A stream of type 'file' needs a file or directory as DATASOURCE");
        }
        return resolve(text, StandardError.INVALID_PROPERTY);
    }

    private static Path path(String text, ErrorCode refusal) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new VarunaException(refusal, "'" + text + "' is no path: " + e.getReason(), e);
        }
    }

    /** Follows links, so that none leads out of the root. */
    private static boolean isWithin(Path root, Path path) {
        if (!path.startsWith(root)) {
            return false;
        }
        try {
            Path existing = path;
            // a link counts as existing even if it leads nowhere: writing would make a file out there
            while (existing != null && !Files.exists(existing, LinkOption.NOFOLLOW_LINKS)) {
                existing = existing.getParent();
            }
            return !Files.exists(root)
                    || (existing != null && existing.toRealPath().startsWith(root.toRealPath()));
        } catch (IOException e) {
            return false;
        }
    }
}
