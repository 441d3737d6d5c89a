package io.varuna.runtime;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.api.manage.UploadService;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps uploaded files in a directory, where nothing else is. */
final class UploadDirectory implements UploadService {
    private static final Logger LOG = LoggerFactory.getLogger(UploadDirectory.class);
    /** No dot in front, so no name leads elsewhere, and files on their way have names that none can have. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,199}");

    private static final String ON_ITS_WAY = ".upload";
    private static final Pattern LEFT_BEHIND = Pattern.compile(Pattern.quote(ON_ITS_WAY) + "[0-9]{1,20}");
    private static final int BUFFER_SIZE = 16 * 1024;

    private final Path directory;
    private final long mostBytes;
    private final long mostTogether;

    /**
     * Creates it; the directory is made when the first file comes.
     *
     * @param mostBytes of a file
     * @param mostTogether of all files
     */
    UploadDirectory(Path directory, long mostBytes, long mostTogether) {
        this.directory = directory;
        this.mostBytes = mostBytes;
        this.mostTogether = mostTogether;
    }

    /**
     * Removes files that were on their way when a process ended in the middle of it.
     *
     * @param start when this process began; what is newer may still be written to
     */
    void removeLeftBehind(Instant start) {
        if (!Files.isDirectory(directory)) {
            return;
        }
        try (Stream<Path> files = Files.list(directory)) {
            List<Path> left = files.filter(UploadDirectory::isFile)
                    .filter(file ->
                            LEFT_BEHIND.matcher(file.getFileName().toString()).matches())
                    .toList();
            for (Path file : left) {
                if (Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS)
                        .toInstant()
                        .isBefore(start)) {
                    Files.delete(file);
                    LOG.info("'{}', which was cut off when the container ended, is removed", file);
                }
            }
        } catch (IOException e) {
            // they take up room, and keep nothing from working
            LOG.warn("Uploads in '{}' that were cut off cannot be removed: {}", directory, e.toString());
        }
    }

    @Override
    public List<Path> list() {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(UploadDirectory::isFile)
                    .filter(file -> NAME.matcher(file.getFileName().toString()).matches())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    @Override
    public long mostBytes() {
        return mostBytes;
    }

    @Override
    public synchronized Path put(String name, InputStream content) {
        Path file = file(name);
        try {
            Files.createDirectories(directory);
            Path temporary = Files.createTempFile(directory, ON_ITS_WAY, "");
            try {
                write(name, content, temporary);
                Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException e) {
            throw unusable(e);
        }
        return file;
    }

    @Override
    public synchronized boolean remove(String name) {
        Path file = file(name);
        try {
            return isFile(file) && Files.deleteIfExists(file);
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    private void write(String name, InputStream content, Path target) throws IOException {
        long left = mostTogether;
        for (Path other : list()) {
            left -= other.getFileName().toString().equals(name) ? 0 : Files.size(other);
        }
        long written = 0;
        try (OutputStream out = Files.newOutputStream(target)) {
            byte[] buffer = new byte[BUFFER_SIZE];
            for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
                written += read;
                if (written > mostBytes) {
                    throw tooLarge("The file '" + name + "' is larger than " + mostBytes
                            + " bytes. Send less, or raise 'file.limit' in the configuration 'io.varuna.uploads'.");
                }
                if (written > left) {
                    throw tooLarge(
                            "With the file '" + name + "' the uploaded files would be larger than " + mostTogether
                                    + " bytes together. Delete some, or raise 'total.limit' in the configuration"
                                    + " 'io.varuna.uploads'.");
                }
                out.write(buffer, 0, read);
            }
        }
    }

    private Path file(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new VarunaException(
                    StandardError.INVALID_NAME,
                    "'" + name
                            + "' is no name for a file. It has letters, digits, '.', '-' and '_', does not begin with"
                            + " a dot, and has no directory.");
        }
        return directory.resolve(name);
    }

    private static boolean isFile(Path file) {
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
    }

    private static VarunaException tooLarge(String message) {
        return new VarunaException(StandardError.REQUEST_TOO_LARGE, message);
    }

    private VarunaException unusable(IOException cause) {
        return new VarunaException(
                StandardError.DOWNLOAD_FAILED,
                "The directory '" + directory + "' of uploaded files cannot be used: " + cause,
                cause);
    }
}
